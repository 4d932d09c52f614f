import type { ViewSubmitAction } from '@slack/bolt';
import { actionIds } from '../../markup/actions.js';
import { callbackIds } from '../ids.js';
import { buttonName, onButton, targetOf } from './answering.js';
import { decisionErrors, readDecision } from './decision-form.js';
import { decisionOf } from './decision-of.js';
import type { Register } from './desk.js';
import { openView } from './open-view.js';
import { ActionBody, channelOf, SubmissionBody, valueOf } from './payloads.js';
import { denyView, reviewView } from './review-view.js';
import { submitClick } from './submit.js';
import { submitView } from './submit-view.js';

/** Buttons that open a form about a request. */
const opens = { [actionIds.deny]: denyView, [actionIds.review]: reviewView } as const;

/** Approve, deny and review: buttons carry only the request's id and the effect that was on the screen. */
export const registerDecisions: Register = (app, desk) => {
  app.action(actionIds.approve, async ({ ack, body }) => {
    const pressed = ActionBody.parse(body);
    await submitClick(desk, {
      name: buttonName(pressed),
      ack: () => ack(),
      target: targetOf(pressed),
      trigger: pressed.trigger_id,
      submission: () => ({
        kind: 'decide',
        ...decisionOf(valueOf(pressed)),
        verdict: 'approve',
        comment: '',
        by: pressed.user.id,
        view: null,
        channel: channelOf(pressed),
      }),
    });
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
        closes: true,
      });
    });
  }
};
