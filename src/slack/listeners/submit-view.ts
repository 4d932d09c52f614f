import type { AckFn, ViewResponseAction } from '@slack/bolt';
import { plainSentence } from '../../markup/plain.js';
import type { Submission } from '../../operations/submission.js';
import { workingView } from '../surfaces/forms/said.js';
import { replyOf } from './answering.js';
import type { Desk } from './desk.js';
import { drawnAgain } from './drawn-again.js';
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
  },
): Promise<void> {
  const { name, submission, idempotencyKey, check } = sent;
  const response = await replyOf<ViewResponseAction>(desk, {
    name,
    who: submission.by,
    work: async () => {
      const errors = asPlainText(await check());
      if (Object.keys(errors).length > 0) return { response_action: 'errors', errors };
      await storeSubmission(desk, submission, idempotencyKey);
      return { response_action: 'update', view: workingView(titleOf(desk, submission)) };
    },
    onError: async (reply) => ({
      response_action: 'update',
      view: await drawnAgain(desk, submission, reply),
    }),
  });
  await sent.ack(response);
  desk.services.wake();
}

/** Slack reads no markup in them. */
const asPlainText = (errors: Errors): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([block, says]) => [block, plainSentence(says)]));
