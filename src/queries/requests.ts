import type { Actor } from '../requests/person.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import type { RequestsFound } from './data.js';
import { waitingFor } from './standing.js';

export async function requestsOf(services: Services, actor: Actor): Promise<RequestsFound> {
  const [mine, waiting] = await Promise.all([
    services.store.requests.find({ requester: actor.id, limit: 50 }),
    waitingFor(services, actor),
  ]);
  return { mine, waiting };
}

/** What happened before with these people and this service, newest first: for whoever has to decide. */
export async function earlier(services: Services, request: Request): Promise<readonly Request[]> {
  if (request.change !== 'grant') return [];
  const found = await Promise.all(
    request.people.slice(0, 10).map((it) =>
      services.store.requests.find({
        beneficiary: it.slack,
        service: request.service.id,
        limit: 10,
      }),
    ),
  );
  const others = new Map(found.flat().map((it) => [it.id, it]));
  others.delete(request.id);
  return [...others.values()].sort((one, other) => other.askedAt.getTime() - one.askedAt.getTime());
}
