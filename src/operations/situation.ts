import { refusals } from '../errors.js';
import type { Situation } from '../requests/decide.js';
import type { RequestId } from '../requests/request.js';
import type { Services } from '../services.js';

/** A request with everyone in it as they are now. */
export async function loadSituation(
  services: Services,
  id: RequestId,
  options: { readonly fresh?: boolean } = {},
): Promise<Situation> {
  const request = await services.store.requests.load(id);
  if (request === null) throw refusals.unknownRequest(id);
  const voted = request.decisions
    .filter((decision) => decision.verdict === 'approve')
    .map((decision) => decision.by);
  const [requester, ...approvers] = await Promise.all(
    [request.requester, ...voted].map((user) => services.people.actor(user, options)),
  );
  if (requester === undefined) throw refusals.unknownRequest(id);
  return { request, requester, approvers };
}
