import { inParallel } from '../in-parallel.js';
import { voicesOf } from '../operations/situation.js';
import { approversOf, decide, decideSomewhere, rolesOf } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Action } from '../requests/policy.js';
import type { Request, ServiceRef } from '../requests/request.js';
import type { Services } from '../services.js';

/** What `decide` says to someone who would ask for this; null is what one does with what is one's own. */
export function mayAsk(
  services: Pick<Services, 'policy' | 'now'>,
  actor: Actor,
  action: Action | null,
  service: ServiceRef | null = null,
): boolean {
  const [policy, now] = [services.policy.current(), services.now()];
  const verdict =
    service === null
      ? decideSomewhere(policy, actor, action, now)
      : decide(policy, actor, { do: 'ask', action, service }, now);
  return verdict.kind !== 'refused';
}

const CALLS_AT_ONCE = 8;

/** Requests that someone may decide now, oldest first. */
export async function waitingFor(services: Services, actor: Actor): Promise<readonly Request[]> {
  const pending = await services.store.requests.find({ status: ['pending'], limit: 1000 });
  const now = services.now();
  const policy = services.policy.current();
  const roles = rolesOf(policy, actor);
  // A cheap look first: most people are no approvers at all, and who asked is a question to Slack.
  const perhaps = pending.filter((request) =>
    approversOf(policy, request, now).some((role) => roles.includes(role)),
  );
  const decidable = await inParallel(perhaps, CALLS_AT_ONCE, async (request) => {
    const requester = await services.people.actor(request.requester);
    const subjects = await voicesOf(services, request);
    const about = { request, requester, subjects, approvers: [] };
    return decide(policy, actor, { do: 'deny', about }, now).kind === 'allowed' ? request : null;
  });
  return decidable.filter((request) => request !== null).reverse();
}
