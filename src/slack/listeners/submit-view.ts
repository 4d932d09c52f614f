import type { AckFn, ViewResponseAction } from '@slack/bolt';
import { plainSentence } from '../../markup/plain.js';
import type { Submission } from '../../operations/submission.js';
import { workingView } from '../surfaces/forms/said.js';
import { within } from '../transport/within.js';
import { errorWords } from './answer-submission.js';
import { answer, replyOf } from './answering.js';
import type { Desk } from './desk.js';
import { drawnAgain, saidAgain } from './drawn-again.js';
import { type ErrorReply, errorReplyOf } from './safely.js';
import { closesItself, titleOf } from './submission-words.js';
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
  },
): Promise<void> {
  const { name, submission, idempotencyKey, check } = sent;
  const { response, wrong } = await replyOf<Reply>(desk, {
    name,
    who: submission.by,
    work: async () => {
      const errors = asPlainText(await check());
      if (Object.keys(errors).length > 0) return drawn({ response_action: 'errors', errors });
      if (submission.view === null || !closesItself(submission)) {
        await storeSubmission(desk, submission, idempotencyKey);
        return drawn({ response_action: 'update', view: workingView(titleOf(desk, submission)) });
      }
      const came = desk.waitingForms.answerTo(submission.view);
      await storeSubmission(desk, submission, idempotencyKey);
      desk.services.wake();
      const said = await came;
      return closed(desk, submission, said === null ? null : errorReplyOf(said));
    },
    onError: async (reply) =>
      drawn({ response_action: 'update', view: await drawnAgain(desk, submission, reply) }),
  });
  try {
    await sent.ack(response);
  } catch (error) {
    if (wrong !== null) {
      await answer(desk, { user: submission.by }, await errorWords(desk, submission, wrong));
    }
    throw error;
  }
  // A form that stays open is drawn anew after this answer, and not before it.
  desk.services.wake();
}

/** `wrong`: what this answer alone says, because the worker has left it to it. */
interface Reply {
  readonly response: ViewResponseAction;
  readonly wrong: ErrorReply | null;
}

const drawn = (response: ViewResponseAction): Reply => ({ response, wrong: null });

/** In ms. To draw a form once more Slack may have to be asked who somebody is, and the answer has its three seconds. */
const DRAW_MS = 400;

/** Null: nothing is wrong, or it is still being done, here or by another replica. Then a message says what was wrong, if anything was. */
async function closed(
  desk: Desk,
  submission: Submission,
  wrong: ErrorReply | null,
): Promise<Reply> {
  if (wrong === null) return drawn({ response_action: 'clear' });
  const view = await within(drawnAgain(desk, submission, wrong), DRAW_MS).catch(() =>
    saidAgain(desk, submission, wrong),
  );
  return { response: { response_action: 'update', view }, wrong };
}

/** Slack reads no markup in them. */
const asPlainText = (errors: Errors): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([block, says]) => [block, plainSentence(says)]));
