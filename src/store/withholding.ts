import type { Withhold } from '../withhold.js';
import type { Store } from './store.js';

/**
 * The store behind the one place through which everything goes into it: whatever a method is given is kept without secrets. Before
 * anything is hashed or serialised, so that the audit chain holds and a document stays readable.
 */
export function withholdingStore(store: Store, withhold: Withhold): Store {
  return guarded(store, withhold);
}

function guarded<T extends object>(part: T, withhold: Withhold): T {
  return new Proxy(part, {
    get: (target, name): unknown => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'function') {
        return (...args: readonly unknown[]): unknown =>
          Reflect.apply(value, target, withhold(args));
      }
      return typeof value === 'object' && value !== null ? guarded(value, withhold) : value;
    },
  });
}
