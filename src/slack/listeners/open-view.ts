import type { ModalView } from '@slack/types';
import type { Button } from '../../markup/parts.js';
import { tooLateAnswer } from '../surfaces/answers.js';
import { toChatError } from '../transport/chat-error.js';
import { answer, type ReplyTarget } from './answering.js';
import type { Desk } from './desk.js';

/** What a click or a command opens a view with is good for three seconds and for one view. */
const TOO_LATE = ['expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id'];

/** Opens a view. Where Slack waits for it no longer the person is told so, with a button `again` whose click opens it. */
export async function openView(
  desk: Desk,
  open: {
    readonly target: ReplyTarget;
    readonly trigger: string;
    readonly view: ModalView;
    readonly again: Pick<Button, 'action' | 'value'>;
  },
): Promise<void> {
  const { target, trigger, view, again } = open;
  try {
    await desk.client.views.open({ trigger_id: trigger, view });
  } catch (error) {
    const { code } = toChatError(error, { repeatable: true });
    if (!TOO_LATE.includes(code)) throw error;
    desk.services.log.warn({ code, action: again.action }, 'a form came too late for Slack');
    await answer(desk, target, tooLateAnswer(again));
  }
}
