import { mrkdwn } from '../../markup/markup.js';
import { actionIds } from '../../markup/actions.js';
import { retryNow } from '../../operations/review.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { answer, onButton, targetOf } from './answering.js';
import { decisionOf, requestIdIn } from './decision-of.js';
import type { Register } from './desk.js';
import { ActionBody, valueOf } from './payloads.js';
import { submitsBy } from './submit-button.js';

/** What stands beside a request for those who asked, or who wait for it. */
export const registerRequestButtons: Register = (app, desk) => {
  submitsBy(app, desk, {
    action: actionIds.withdraw,
    says: (value, origin) => ({ ...origin, kind: 'withdraw', id: requestIdIn(value) }),
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
