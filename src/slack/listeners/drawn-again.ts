import type { ModalView } from '@slack/types';
import { sentence } from '../../markup/markup.js';
import type { Submission } from '../../operations/submission.js';
import { paragraphs, saidView } from '../surfaces/forms/said.js';
import { describeFault } from '../transport/fault.js';
import { askAgain } from './ask-again.js';
import type { Desk } from './desk.js';
import { denyView, reviewView } from './review-view.js';
import type { ErrorReply } from './safely.js';
import { titleOf, wroteWords } from './submission-words.js';

type Sent<Kind extends Submission['kind']> = Extract<Submission, { kind: Kind }>;

/** The form once more, with all that was typed and what is wrong with it. Never fails: somebody looks at “One moment…”. */
export async function drawnAgain(
  desk: Desk,
  submission: Submission,
  reply: ErrorReply,
): Promise<ModalView> {
  try {
    return (await formAgain(desk, submission, reply)) ?? saidAgain(desk, submission, reply);
  } catch (error) {
    desk.services.log.warn({ fault: describeFault(error) }, 'the form could not be drawn again');
    return saidAgain(desk, submission, reply);
  }
}

/** Null: no other attempt is worth it, or there was no form. */
async function formAgain(
  desk: Desk,
  submission: Submission,
  reply: ErrorReply,
): Promise<ModalView | null> {
  switch (submission.kind) {
    case 'ask':
      return askAgain(desk, submission, reply);
    case 'decide':
      return isWorthAnother(reply) ? decisionAgain(desk, submission, reply) : null;
    case 'prove':
    case 'withdraw':
    case 'disown':
      return null;
  }
}

/** A fault of ours may pass, and so may what somebody else changed at the same moment; any other refusal stays one. */
const isWorthAnother = (reply: ErrorReply): boolean =>
  reply.kind === 'fault' ||
  reply.refusal.code === 'changedMeanwhile' ||
  reply.refusal.code === 'someoneElseJustDecided';

/** As the request is now. Whoever wanted to deny goes on in the form that asks for the reason, wherever they began. */
function decisionAgain(
  desk: Desk,
  { id, by, verdict, comment }: Sent<'decide'>,
  { text }: ErrorReply,
): Promise<ModalView> {
  const draw = verdict === 'deny' ? denyView : reviewView;
  return draw(desk, { id, by }, { verdict, comment, notice: text });
}

/** The same where there is no form to draw. */
export function saidAgain(desk: Desk, submission: Submission, { text }: ErrorReply): ModalView {
  const said = sentence(text, { people: true });
  return saidView(titleOf(desk, submission), paragraphs(said, ...wroteWords(submission)));
}
