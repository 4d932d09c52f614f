import { mrkdwn } from '../../markup/markup.js';
import { actionIds } from '../../markup/actions.js';
import { retryNow } from '../../operations/review.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { answer, buttonName, onButton, targetOf } from './answering.js';
import { decisionOf, requestIdIn } from './decision-of.js';
import type { Register } from './desk.js';
import { ActionBody, channelOf, valueOf } from './payloads.js';
import { submitClick } from './submit.js';

/** What stands beside a request for those who asked, or who wait for it. */
export const registerRequestButtons: Register = (app, desk) => {
  app.action(actionIds.withdraw, async ({ ack, body }) => {
    const pressed = ActionBody.parse(body);
    await submitClick(desk, {
      name: buttonName(pressed),
      ack: () => ack(),
      target: targetOf(pressed),
      trigger: pressed.trigger_id,
      submission: () => ({
        kind: 'withdraw',
        id: requestIdIn(valueOf(pressed)),
        by: pressed.user.id,
        view: null,
        channel: channelOf(pressed),
      }),
    });
  });

  app.action(actionIds.retry, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const { id } = decisionOf(valueOf(pressed));
      const request = await retryNow(desk.services, { id, by: pressed.user.id });
      desk.services.wake();
      const said = mrkdwn`${request.id} is tried again now. Its message shows what becomes of it.`;
      await answer(desk, targetOf(pressed), paragraphs(said));
    });
  });
};
