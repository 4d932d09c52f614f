import { refusals } from '../errors.js';
import { isNotFound } from '../onezone/errors.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import type { KnownService } from '../store/store.js';
import { accessOf, membersOf } from './access.js';
import type { ServiceShown, ServicesPage } from './data.js';
import { mayAsk } from './standing.js';

export async function servicesPage(
  { store }: Services,
  page: { readonly text: string; readonly offset: number; readonly limit: number },
): Promise<ServicesPage> {
  const { text, offset, limit } = page;
  const found = await store.services.search(text, { limit: 1000 });
  const total = text === '' ? await store.services.count() : found.length;
  return { services: found.slice(offset, offset + limit), total, offset, text };
}

/** The service that somebody means by a name or an id. Throws refusals: unknown, ambiguous. */
export async function serviceNamed({ store }: Services, text: string): Promise<KnownService> {
  const byId = await store.services.get(text);
  if (byId !== null) return byId;
  const exact = await store.services.byName(text);
  const found = exact.length > 0 ? exact : await store.services.search(text, { limit: 2 });
  const [first, second] = found;
  if (first === undefined || text === '') throw refusals.unknownService(text);
  if (second !== undefined) throw refusals.ambiguousService(text);
  return first;
}

/** One service, with its address read from Onezone if it answers. */
export async function showService(
  services: Services,
  actor: Actor,
  known: KnownService,
): Promise<ServiceShown> {
  const [members, access, proxyEndpoint] = await Promise.all([
    membersOf(services, known.id),
    accessOf(services, actor.id),
    endpointOf(services, known),
  ]);
  const mine = access.find((it) => it.service.id === known.id) ?? null;
  const { id, name, registrar, prefix } = known;
  const mayRequest = mayAsk(services, actor, 'grant', known);
  return { id, name, registrar, prefix, proxyEndpoint, members, mine, mayAsk: mayRequest };
}

async function endpointOf(services: Services, known: KnownService): Promise<string | null> {
  try {
    return (await services.onezone.handleService(known.id)).proxyEndpoint;
  } catch (error) {
    if (isNotFound(error)) {
      await services.store.services.remove(known.id);
      throw refusals.serviceGone(known.name);
    }
    services.log.info({ err: error }, 'a service is shown without what Onezone says of it');
    return null;
  }
}
