import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { SubmissionAnswer } from '../../chat.js';
import { plainSentence } from '../../markup/plain.js';
import type { Submission } from '../../operations/submission.js';
import { workingView } from '../surfaces/forms/said.js';
import { replyOf } from './answering.js';
import type { Desk } from './desk.js';
import { drawnAgain } from './drawn-again.js';
import { errorReplyOf } from './safely.js';
import { titleOf } from './submission-words.js';
import { storeSubmission } from './submit.js';

/** Below the blocks of the view. Empty: it can be taken. */
type Errors = Readonly<Record<string, string>>;

/**
 * A form that changes something: looked at, stored, acknowledged, then done by the worker, which answers in its place. When it cannot be
 * stored the form comes back with all that was typed.
 */
export async function submitView(
  desk: Desk,
  sent: {
    readonly name: string;
    readonly ack: AckFn<ViewResponseAction>;
    readonly submission: Submission;
    /** The same for each delivery of it. */
    readonly idempotencyKey: string;
    readonly check: () => Errors | Promise<Errors>;
    /** What comes of it is seen elsewhere: the form closes, and comes back only with what was wrong. */
    readonly closes?: boolean;
  },
): Promise<void> {
  const { name, submission, idempotencyKey, check, closes = false } = sent;
  const response = await replyOf<ViewResponseAction>(desk, {
    name,
    who: submission.by,
    work: async () => {
      const errors = asPlainText(await check());
      if (Object.keys(errors).length > 0) return { response_action: 'errors', errors };
      const came =
        closes && submission.view !== null ? desk.waitingForms.answerTo(submission.view) : null;
      await storeSubmission(desk, submission, idempotencyKey);
      desk.services.wake();
      return came === null
        ? { response_action: 'update', view: workingView(titleOf(desk, submission)) }
        : closed(desk, submission, await came);
    },
    onError: async (reply) => ({
      response_action: 'update',
      view: await drawnAgain(desk, submission, reply),
    }),
  });
  await sent.ack(response);
}

/** Null: it is still being done, or by another replica. Then a message says what was wrong, if anything was. */
async function closed(
  desk: Desk,
  submission: Submission,
  answer: SubmissionAnswer | null,
): Promise<ViewResponseAction> {
  const reply = answer === null ? null : errorReplyOf(answer);
  return reply === null
    ? { response_action: 'clear' }
    : { response_action: 'update', view: await drawnAgain(desk, submission, reply) };
}

/** Slack reads no markup in them. */
const asPlainText = (errors: Errors): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([block, says]) => [block, plainSentence(says)]));
