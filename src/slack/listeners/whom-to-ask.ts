import { whoMayAgree } from '../../queries/who-may-agree.js';
import type { Request, SlackUser } from '../../requests/request.js';
import { describeFault } from '../transport/fault.js';
import type { Desk } from './desk.js';

/**
 * People with one of these roles, because a role’s name says nothing to most; of a request only those who may agree to it. None where Slack
 * cannot be asked, or `everyone` may.
 */
export async function whomToAsk(
  { services }: Desk,
  roles: readonly string[],
  request?: Request,
): Promise<readonly SlackUser[]> {
  if (roles.length === 0 || roles.includes('everyone')) return [];
  try {
    return request === undefined
      ? await services.people.withRoles(roles)
      : await whoMayAgree(services, request, roles);
  } catch (error) {
    services.log.warn({ fault: describeFault(error) }, 'cannot say whom to ask');
    return [];
  }
}
