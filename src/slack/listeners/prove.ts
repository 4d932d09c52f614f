import type { ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { actionIds } from '../../markup/actions.js';
import { mustBeMember } from '../../operations/authorize.js';
import { prove } from '../../operations/prove.js';
import { OnezoneId, SlackUser } from '../../requests/request.js';
import { PROOF_FORM, PROOF_TITLE, proofForm, readProof } from '../surfaces/forms/proof-form.js';
import { saidView, workingView } from '../surfaces/forms/said.js';
import {
  buttonName,
  errorDocument,
  onButton,
  replyOf,
  type ReplyTarget,
  targetOf,
} from './answering.js';
import type { Desk, Register } from './desk.js';
import { ActionBody, channelOf, SubmissionBody, valueOf } from './payloads.js';
import { openView } from './open-view.js';
import { storeSubmission, submitClick } from './submit.js';

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

  app.action(actionIds.notMe, async ({ ack, body }) => {
    const pressed = ActionBody.parse(body);
    const [slack, onezone] = valueOf(pressed).split(':');
    await submitClick(desk, {
      name: buttonName(pressed),
      ack: () => ack(),
      target: targetOf(pressed),
      trigger: pressed.trigger_id,
      submission: () => ({
        kind: 'disown',
        slack: SlackUser.parse(slack),
        onezone: OnezoneId.parse(onezone),
        by: pressed.user.id,
        view: null,
        channel: channelOf(pressed),
      }),
    });
  });
};
