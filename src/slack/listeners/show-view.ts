import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { toChatError } from '../transport/chat-error.js';
import { describeFault } from '../transport/fault.js';
import type { Message } from '../surfaces/render/message.js';
import { answer } from './answering.js';
import type { Desk } from './desk.js';
import type { SubmissionBody } from './payloads.js';

/** In ms. Somebody looks at “One moment…”: what Slack wants longer than that for is told by message instead. */
const PAUSE = 500;
const LONGEST_PAUSE = 3_000;

/** Draws a view in the place of the one that was sent; whoever does not see it gets `otherwise` as a direct message. */
export async function showOrTell(
  desk: Desk,
  sent: Pick<SubmissionBody, 'user' | 'view'>,
  shown: { readonly view: ModalView; readonly otherwise: Message },
): Promise<void> {
  const seen = await showView(desk, sent.view.id, shown.view);
  if (!seen) await answer(desk, { user: sent.user.id }, shown.otherwise);
}

/** False when nobody sees it: Slack would not draw it, twice, or the person has closed it meanwhile. */
async function showView(desk: Desk, view_id: string, view: ModalView): Promise<boolean> {
  const draw = () => desk.client.views.update({ view_id, view });
  try {
    await draw().catch(async (error: unknown) => {
      const { kind, retryAfter } = toChatError(error, { repeatable: true });
      const pause = retryAfter ?? PAUSE;
      if (kind !== 'later' || pause > LONGEST_PAUSE) throw error;
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
