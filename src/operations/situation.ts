import { refusals } from '../errors.js';
import type { Situation } from '../requests/decide.js';
import type { Actor, Voice } from '../requests/person.js';
import type { Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';

/** A request and whoever does something with it. */
export interface Seen {
  readonly about: Situation;
  readonly actor: Actor;
}

export async function mustLoad({ store }: Services, id: RequestId): Promise<Request> {
  const request = await store.requests.load(id);
  if (request === null) throw refusals.unknownRequest(id);
  return request;
}

/** A request with everyone in it as they are now, and `by`. For what is only shown Slack need not be asked anew. */
export async function situationOf(
  services: Services,
  request: Request,
  { by, fresh }: { readonly by: SlackUser; readonly fresh: boolean },
): Promise<Seen> {
  const voted = request.decisions
    .filter((decision) => decision.verdict === 'approve')
    .map((decision) => decision.by);
  const everyone = [by, request.requester, ...voted];
  const [subjects, [actor, requester, ...approvers]] = await Promise.all([
    voicesOf(services, request, { fresh }),
    services.people.actors(everyone, { fresh }),
  ]);
  if (actor === undefined || requester === undefined) throw refusals.unknownRequest(request.id);
  return { about: { request, requester, approvers, subjects }, actor };
}

/** Who the people of a request are to `decide`: their links as they are stored now. */
export function voicesOf(
  { people }: Pick<Services, 'people'>,
  { subjects }: Pick<Request, 'subjects'>,
  options: { readonly fresh?: boolean } = {},
): Promise<readonly Voice[]> {
  const all = [...new Set(subjects.map(({ slack }) => slack))];
  return Promise.all(all.map((slack) => people.voice(slack, options)));
}
