import { homeOf } from '../../queries/home.js';
import type { SlackUser } from '../../requests/request.js';
import { homeView } from '../surfaces/home.js';
import { describeFault } from '../transport/fault.js';
import type { Desk } from './desk.js';

/** Draws someone's Home tab as it is now. It is drawn again at each opening, so a failure costs nothing. */
export async function refreshHome(desk: Desk, user: SlackUser): Promise<void> {
  try {
    const actor = await desk.services.people.actor(user);
    const view = homeView(await homeOf(desk.services, actor));
    await desk.client.views.publish({ user_id: user, view });
  } catch (error) {
    desk.services.log.warn({ fault: describeFault(error) }, 'a Home tab could not be drawn');
  }
}
