import type { ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { actionIds } from '../../markup/actions.js';
import { mustBeMember } from '../../operations/authorize.js';
import { prove } from '../../operations/prove.js';
import { OnezoneId, SlackUser } from '../../requests/request.js';
import { PROOF_FORM, PROOF_TITLE, proofForm, readProof } from '../surfaces/forms/proof-form.js';
import { saidView, workingView } from '../surfaces/forms/said.js';
import { errorDocument, onButton, replyOf, type ReplyTarget, targetOf } from './answering.js';
import type { Desk, Register } from './desk.js';
import { ActionBody, SubmissionBody } from './payloads.js';
import { openView } from './open-view.js';
import { storeSubmission } from './submit.js';
import { submitsBy } from './submit-button.js';

/** `/handle link me`. */
export async function openProofForm(
  desk: Desk,
  { target, trigger }: { readonly target: ReplyTarget; readonly trigger: string },
): Promise<void> {
  await mustBeMember(desk.services, target.user, 'link me');
  const again = { action: actionIds.prove };
  await openView(desk, { target, trigger, view: proofForm(), again });
}

/** Who somebody is by their own word: a token that proves it, and a button that takes it back. */
export const registerProof: Register = (app, desk) => {
  app.view<ViewSubmitAction>(PROOF_FORM, async ({ ack, body }) => {
    const { view, user } = SubmissionBody.parse(body);
    const by = user.id;
    const response = await replyOf<ViewResponseAction>(desk, {
      name: 'form link me',
      who: by,
      work: async () => {
        // Before anything is stored: the token goes no further than this.
        const onezone = await prove(desk.services, { by, token: readProof(view.state) });
        const submission = { kind: 'prove', onezone, by, view: view.id, channel: null } as const;
        await storeSubmission(desk, submission, `${view.id}:${PROOF_FORM}`);
        return { response_action: 'update', view: workingView(PROOF_TITLE) };
      },
      // Drawn anew, without what was pasted.
      onError: async (reply) => ({
        response_action: 'update',
        view: saidView(PROOF_TITLE, await errorDocument(desk, reply)),
      }),
    });
    await ack(response);
    desk.services.wake();
  });

  app.action(actionIds.prove, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    const { trigger_id: trigger } = pressed;
    const work = () => openProofForm(desk, { target: targetOf(pressed), trigger });
    await onButton(desk, pressed, work);
  });

  submitsBy(app, desk, {
    action: actionIds.notMe,
    says: (value, origin) => {
      const [slack, onezone] = value.split(':');
      const pair = { slack: SlackUser.parse(slack), onezone: OnezoneId.parse(onezone) };
      return { ...origin, kind: 'disown', ...pair };
    },
  });
};
