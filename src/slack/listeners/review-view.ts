import type { ModalView } from '@slack/types';
import type { Refusal } from '../../errors.js';
import { mayReview, mustMayDeny } from '../../operations/review.js';
import { earlier } from '../../queries/earlier.js';
import { decide } from '../../requests/decide.js';
import type { RequestId, SlackUser } from '../../requests/request.js';
import { approvalModal, denyModal, type Filled } from '../surfaces/approval-modal.js';
import type { Desk } from './desk.js';

interface Looking {
  readonly id: RequestId;
  readonly by: SlackUser;
}

/** All that the approval modal shows to this person. Throws the refusal of those who may not see it. */
export async function reviewView(
  { services, facts }: Desk,
  looking: Looking,
  filled?: Filled,
): Promise<ModalView> {
  const { about, actor } = await mayReview(services, looking);
  const refusalTo = (verdict: 'approve' | 'deny'): Refusal | null => {
    const question = { do: verdict, about };
    const said = decide(services.policy.current(), actor, question, services.now());
    return said.kind === 'refused' ? said.refusal : null;
  };
  const { request } = about;
  const history = await earlier(services, request);
  const refused = { approve: refusalTo('approve'), deny: refusalTo('deny') };
  const context = { facts: facts(), changes: services.changes };
  return approvalModal({ request, history, refused }, context, filled);
}

/** Asks for the reason of a denial. Throws the refusal of those who may not deny. */
export async function denyView(
  { services }: Desk,
  looking: Looking,
  filled?: Filled,
): Promise<ModalView> {
  const request = await mustMayDeny(services, looking);
  return denyModal(request, services.changes.of(request), filled);
}
