import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { toChatError } from '../transport/chat-error.js';
import { describeFault } from '../transport/fault.js';
import type { Desk } from './desk.js';

/** In ms. Somebody looks at “One moment…”: what Slack wants longer than that for is told by message instead. */
const PAUSE_MS = 500;
const MAX_PAUSE_MS = 3_000;

/** In the place of the one that was sent. False when nobody sees it: Slack would not draw it, twice, or the person has closed it meanwhile. */
export async function showView(desk: Desk, view_id: string, view: ModalView): Promise<boolean> {
  const draw = () => desk.client.views.update({ view_id, view });
  try {
    await draw().catch(async (error: unknown) => {
      const { kind, retryAfter } = toChatError(error, { repeatable: true });
      const pause = retryAfter ?? PAUSE_MS;
      if (kind !== 'later' || pause > MAX_PAUSE_MS) throw error;
      await sleep(pause);
      await draw();
    });
    return true;
  } catch (error) {
    desk.services.log.info(
      { fault: describeFault(error) },
      'the view could not be drawn; it may be closed',
    );
    return false;
  }
}
