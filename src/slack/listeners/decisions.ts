import type { ViewSubmitAction } from '@slack/bolt';
import { actionIds } from '../../markup/actions.js';
import { callbackIds } from '../ids.js';
import { onButton, targetOf } from './answering.js';
import { decisionErrors, readDecision } from './decision-form.js';
import { decisionOf } from './decision-of.js';
import type { Register } from './desk.js';
import { openView } from './open-view.js';
import { ActionBody, SubmissionBody, valueOf } from './payloads.js';
import { denyView, reviewView } from './review-view.js';
import { submitsBy } from './submit-button.js';
import { submitView } from './submit-view.js';

/** Buttons that open a form about a request. */
const opens = { [actionIds.deny]: denyView, [actionIds.review]: reviewView } as const;

/** Approve, deny and review: buttons carry only the request's id and the effect that was on the screen. */
export const registerDecisions: Register = (app, desk) => {
  submitsBy(app, desk, {
    action: actionIds.approve,
    says: (value, origin) => ({
      ...origin,
      kind: 'decide',
      ...decisionOf(value),
      verdict: 'approve',
      comment: '',
    }),
  });

  for (const [action, draw] of Object.entries(opens)) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      const pressed = ActionBody.parse(body);
      await onButton(desk, pressed, async () => {
        const { id } = decisionOf(valueOf(pressed));
        const view = await draw(desk, { id, by: pressed.user.id });
        const again = { action, value: valueOf(pressed) };
        const { trigger_id: trigger } = pressed;
        await openView(desk, { target: targetOf(pressed), trigger, view, again });
      });
    });
  }

  for (const callback of [callbackIds.review, callbackIds.denyReason]) {
    app.view<ViewSubmitAction>(callback, async ({ ack, body }) => {
      const sent = SubmissionBody.parse(body);
      const submission = readDecision(sent);
      await submitView(desk, {
        name: `form ${submission.verdict === 'approve' ? 'Approve' : 'Deny'}`,
        ack,
        submission,
        idempotencyKey: `${sent.view.id}:${callback}`,
        check: () => decisionErrors(submission),
      });
    });
  }
};
