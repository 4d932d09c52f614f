import type { Store } from '../../store/store.js';

const READ_EVERY_MS = 300;

/** Tells when the bot, in its own process, has written to its audit. */
export function watchAudit(store: Pick<Store, 'audit'>): {
  readonly on: (listener: () => void) => () => void;
  /** Resolves when the store is no longer needed. */
  readonly stop: () => Promise<void>;
} {
  const listeners = new Set<() => void>();
  let seen = 0;
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, READ_EVERY_MS);

  async function look(): Promise<void> {
    // A busy file is looked at again soon enough.
    const [line] = await store.audit.latest(1).catch(() => []);
    if (line === undefined || line.seq === seen) return;
    seen = line.seq;
    for (const listener of listeners) listener();
  }

  return {
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
