import { approverMessages } from '../queries/who-may-agree.js';
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
    : [{ what: 'approval', to: approvals }];
}
