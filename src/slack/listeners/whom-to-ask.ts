import type { SlackUser } from '../../requests/request.js';
import { describeFault } from '../transport/fault.js';
import type { Desk } from './desk.js';

/** People with one of these roles, because a role’s name says nothing to most. None where Slack cannot be asked, or `everyone` may. */
export async function whomToAsk(
  { services: { people, log } }: Desk,
  roles: readonly string[],
): Promise<readonly SlackUser[]> {
  if (roles.length === 0 || roles.includes('everyone')) return [];
  try {
    return await people.withRoles(roles);
  } catch (error) {
    log.warn({ fault: describeFault(error) }, 'cannot say whom to ask');
    return [];
  }
}
