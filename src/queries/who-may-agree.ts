import { approversOf, votesThatCount } from '../requests/decide.js';
import type { Request, SlackUser, Surface } from '../requests/request.js';
import type { Services } from '../services.js';

/** A direct message to each approver who may decide. */
export async function approverMessages(
  services: Services,
  request: Request,
): Promise<readonly Surface[]> {
  const roles = approversOf(services.policy.current(), request, services.now());
  const approvers = await services.people.withRoles(roles);
  return withoutParties(request, approvers).map((to) => ({ what: 'approval', to }));
}

/** Whether fewer people may agree to it than have to. Where `everyone` may, there are always enough. */
export async function tooFewMayAgree(services: Services, request: Request): Promise<boolean> {
  if (request.status !== 'pending') return false;
  const roles = approversOf(services.policy.current(), request, services.now());
  if (roles.includes('everyone')) return false;
  const voted = votesThatCount(request).map((it) => it.by);
  const able = await approverMessages(services, request);
  return new Set([...voted, ...able.map((it) => it.to)]).size < (request.approval?.count ?? 1);
}

/** Nobody is asked to agree to their own wish. */
export function withoutParties(
  request: Request,
  people: readonly SlackUser[],
): readonly SlackUser[] {
  const beneficiaries = request.change === 'grant' ? request.people.map((it) => it.slack) : [];
  return people.filter((it) => it !== request.requester && !beneficiaries.includes(it));
}
