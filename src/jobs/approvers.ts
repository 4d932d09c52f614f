import { commit } from '../commit.js';
import { approverMessages } from '../queries/who-may-agree.js';
import { escalate } from '../requests/by-clocks.js';
import type { Request, Surface } from '../requests/request.js';
import type { Services } from '../services.js';

/** Where approvers see a request: their channel, or where the policy names none, a direct message to each who may decide. */
export async function approvalSurfaces(
  services: Services,
  request: Request,
): Promise<readonly Surface[]> {
  const { approvals } = services.policy.current().notify;
  return approvals === null
    ? approverMessages(services, request)
    : [{ message: 'approval', to: approvals }];
}

/** The approvers' channel does not take the message: each of them gets one. */
export async function askInPerson(services: Services, request: Request): Promise<void> {
  const surfaces = await approverMessages(services, request);
  const to = surfaces.map((surface) => surface.to);
  const step = escalate(request, { to, what: 'asked in person' }, services.now());
  if (step !== null) await commit(services, step);
}
