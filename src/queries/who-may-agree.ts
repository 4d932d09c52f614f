import { voicesOf } from '../operations/situation.js';
import { approversOf, votesThatCount } from '../requests/decide.js';
import type { Request, SlackUser, Surface } from '../requests/request.js';
import type { Services } from '../services.js';

/** A direct message to each approver who may decide. */
export async function approverMessages(
  services: Services,
  request: Request,
): Promise<readonly Surface[]> {
  const roles = approversOf(services.policy.current(), request, services.now());
  const approvers = await whoMayAgree(services, request, roles);
  return approvers.map((to) => ({ message: 'approval', to }));
}

/** Who has one of these roles and would not be refused for having a part in it. */
export async function whoMayAgree(
  services: Services,
  request: Request,
  roles: readonly string[],
): Promise<readonly SlackUser[]> {
  const linkers = await whoLinked(services, request);
  const people = withoutParties(request, await services.people.withRoles(roles));
  return people.filter((person) => !linkers.has(person));
}

/** Whoever said which Onezone user one of its people is does not decide on it. */
async function whoLinked(services: Services, request: Request): Promise<ReadonlySet<SlackUser>> {
  const [requester, subjects] = await Promise.all([
    services.people.voice(request.requester),
    voicesOf(services, request),
  ]);
  return new Set([requester, ...subjects].flatMap(({ linkedBy }) => linkedBy));
}

/** Whether fewer people may agree to it than have to. Where `everyone` may, there are always enough. */
export async function tooFewMayAgree(services: Services, request: Request): Promise<boolean> {
  if (request.status !== 'pending') return false;
  const roles = approversOf(services.policy.current(), request, services.now());
  if (roles.includes('everyone')) return false;
  const voted = votesThatCount(request).map((vote) => vote.by);
  const able = await approverMessages(services, request);
  const all = new Set([...voted, ...able.map((surface) => surface.to)]);
  return all.size < (request.approval?.count ?? 1);
}

/** Nobody is asked to agree to their own wish, or to what they gain or lose by. */
function withoutParties(
  { requester, subjects }: Pick<Request, 'requester' | 'subjects'>,
  people: readonly SlackUser[],
): readonly SlackUser[] {
  const parties = [requester, ...subjects.map(({ slack }) => slack)];
  return people.filter((person) => !parties.includes(person));
}
