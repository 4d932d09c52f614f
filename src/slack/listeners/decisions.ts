import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Refusal } from '../../errors.js';
import { refusals } from '../../errors.js';
import { earlier } from '../../queries/requests.js';
import { decide } from '../../requests/decide.js';
import { RequestId } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { decideOn, mayReview, mustMayDeny, withdraw } from '../../workflow.js';
import { withdrawnAnswer } from '../surfaces/answers/withdrawn.js';
import { approvalModal, denyModal, type Draft } from '../surfaces/approval-modal.js';
import { describeFault } from '../transport/fault.js';
import { readState } from '../surfaces/forms/state.js';
import { saidView, workingView } from '../surfaces/forms/said.js';
import { actionIds, callbackIds, inputs, parseDecisionValue } from '../ids.js';
import { statusOf } from '../surfaces/messages/request-words.js';
import { section } from '../surfaces/render/blocks.js';
import { mrkdwn, sentence } from '../../markup/markup.js';
import { message } from '../surfaces/render/whole.js';
import type { Apology } from './safely.js';
import { answer, apologyMessage, onButton } from './answering.js';
import type { Desk, Register } from './desk.js';
import { ActionBody, SubmissionBody, valueOf } from './payloads.js';
import { refreshHome } from './refresh-home.js';
import { showOrTell } from './show-view.js';

/** Approve, deny, review and withdraw: buttons carry only the request's id and the effect that was on the screen. */
export const registerDecisions: Register = (app, desk) => {
  app.action(actionIds.approve, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const { id, effect } = decisionOf(pressed);
      await decideOn(desk.services, {
        id,
        effect,
        by: pressed.user.id,
        verdict: 'approve',
        comment: '',
      });
    });
  });

  app.action(actionIds.deny, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const { id } = decisionOf(pressed);
      const request = await mustMayDeny(desk.services, { id, by: pressed.user.id });
      await desk.client.views.open({ trigger_id: pressed.trigger_id, view: denyModal(request) });
    });
  });

  app.action(actionIds.review, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const review = await reviewOf(desk.services, decisionOf(pressed).id, pressed.user.id);
      const view = approvalModal(review, desk.facts());
      await desk.client.views.open({ trigger_id: pressed.trigger_id, view });
    });
  });

  app.action(actionIds.withdraw, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const { user, response_url: responseUrl } = pressed;
      const request = await withdraw(desk.services, requestId(valueOf(pressed)), user.id);
      // In the Home tab it is seen at once; anywhere else it has to be said.
      if (responseUrl !== undefined) {
        await answer(desk, { user: user.id, responseUrl }, withdrawnAnswer(request));
      }
      await refreshHome(desk, user.id);
    });
  });

  app.view(callbackIds.review, async ({ ack, body }) => {
    const sent = SubmissionBody.parse(body);
    const form = readState(sent.view.state);
    const verdict = form.choice(inputs.verdict.block)?.value === 'approve' ? 'approve' : 'deny';
    const comment = form.text(inputs.comment.block).trim();
    if (isUnsaid({ verdict, comment })) return ack(SAY_WHY);
    await ack({ response_action: 'update', view: workingView('Decide') });
    await onSubmission(desk, sent, { verdict, comment });
  });

  app.view(callbackIds.denyReason, async ({ ack, body }) => {
    const sent = SubmissionBody.parse(body);
    const comment = readState(sent.view.state).text(inputs.comment.block).trim();
    const decision = { verdict: 'deny', comment } as const;
    if (isUnsaid(decision)) return ack(SAY_WHY);
    await ack({ response_action: 'update', view: workingView('Deny') });
    await onSubmission(desk, sent, decision);
  });
};

/** The requester reads why; a few blanks are no reason. */
const isUnsaid = ({ verdict, comment }: Draft): boolean => verdict === 'deny' && comment === '';

const SAY_WHY = {
  response_action: 'errors',
  errors: { [inputs.comment.block]: 'Say why: the requester reads it.' },
} as const;

const Metadata = z.object({ request: RequestId, effect: z.string().nullable() });

async function onSubmission(desk: Desk, sent: SubmissionBody, draft: Draft): Promise<void> {
  const title = draft.verdict === 'approve' ? 'Approve' : 'Deny';
  const by = sent.user.id;
  await desk.safely({
    name: `form ${title}`,
    who: by,
    work: async () => {
      const { request: id, effect } = Metadata.parse(JSON.parse(sent.view.private_metadata));
      const request = await decideOn(desk.services, { id, effect, by, ...draft });
      const said = mrkdwn`${request.id}: ${statusOf(request).word}.`;
      const otherwise = message(said, [section(said)]);
      await showOrTell(desk, sent, { view: saidView(title, said), otherwise });
      await refreshHome(desk, by);
    },
    answer: async (apology) => {
      const wrote = draft.comment === '' ? [] : [mrkdwn`You wrote: ${draft.comment}`];
      const words = sentence(apology.text, { people: true });
      const again = isWorthAnother(apology)
        ? await drawnAgain(desk, sent, { draft, apology })
        : null;
      const view = again ?? saidView(title, words, ...wrote);
      await showOrTell(desk, sent, { view, otherwise: apologyMessage(apology) });
    },
  });
}

/** A fault of ours may pass, and so may what somebody else changed at the same moment; any other refusal stays one. */
const isWorthAnother = (apology: Apology): boolean =>
  apology.kind === 'fault' ||
  apology.refusal.code === 'changedMeanwhile' ||
  apology.refusal.code === 'someoneElseJustDecided';

/** The same form as the request is now, with all that was typed; null when it cannot be drawn. */
async function drawnAgain(
  desk: Desk,
  sent: SubmissionBody,
  { draft, apology }: { readonly draft: Draft; readonly apology: Apology },
): Promise<ModalView | null> {
  const { services } = desk;
  const filled = { ...draft, notice: apology.text };
  try {
    const { request: id } = Metadata.parse(JSON.parse(sent.view.private_metadata));
    if (sent.view.callback_id === callbackIds.denyReason) {
      return denyModal(await mustMayDeny(services, { id, by: sent.user.id }), filled);
    }
    return approvalModal(await reviewOf(services, id, sent.user.id), desk.facts(), filled);
  } catch (error) {
    services.log.warn({ fault: describeFault(error) }, 'the form could not be drawn again');
    return null;
  }
}

function decisionOf(pressed: ActionBody): {
  readonly id: RequestId;
  readonly effect: string | null;
} {
  const { request, effect } = parseDecisionValue(valueOf(pressed));
  return { id: requestId(request), effect };
}

function requestId(text: string): RequestId {
  const id = RequestId.safeParse(text);
  if (!id.success) throw refusals.unknownRequest(text);
  return id.data;
}

/** All that the approval modal shows to this person. */
async function reviewOf(services: Services, id: RequestId, by: string) {
  const { about, actor } = await mayReview(services, { id, by });
  const refusalTo = (verdict: 'approve' | 'deny'): Refusal | null => {
    const question = { do: verdict, about };
    const said = decide(services.policy.current(), actor, question, services.now());
    return said.kind === 'refused' ? said.refusal : null;
  };
  const history = await earlier(services, about.request);
  const refused = { approve: refusalTo('approve'), deny: refusalTo('deny') };
  return { request: about.request, history, refused };
}
