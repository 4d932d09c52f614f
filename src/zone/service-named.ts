import { refusals } from '../errors.js';
import type { KnownService, Store } from '../store/store.js';
import { unreadServices } from './unread-services.js';

/** The service that somebody means by a name or an id. Throws refusals: unknown, ambiguous. */
export async function serviceNamed(
  { store }: { readonly store: Pick<Store, 'services'> },
  text: string,
): Promise<KnownService> {
  const byId = await store.services.get(text);
  if (byId !== null) return byId;
  const exact = await store.services.byName(text);
  const found = exact.length > 0 ? exact : await store.services.search(text, { limit: 2 });
  const [first, second] = found;
  if (first === undefined || text === '') {
    const unread = await unreadServices(store);
    throw unread === null ? refusals.unknownService(text) : refusals.servicesUnread(unread);
  }
  if (second !== undefined) throw refusals.ambiguousService(text);
  return first;
}
