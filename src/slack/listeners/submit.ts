import { createHash } from 'node:crypto';
import { type Submission, submissionJob } from '../../operations/submission.js';
import { answering, type ReplyTarget } from './answering.js';
import type { Desk } from './desk.js';

/** Once it is stored it will be done, whatever becomes of this process; Slack has its answer only after that. */
export async function storeSubmission(
  { services }: Desk,
  submission: Submission,
  idempotencyKey: string,
): Promise<void> {
  const now = services.now();
  await services.store.jobs.add([submissionJob(submission, { idempotencyKey, now })]);
}

/** A click or a command that changes something: stored, acknowledged, then done by the worker, which answers at the same place. */
export function submitClick(
  desk: Desk,
  click: {
    readonly name: string;
    readonly ack: () => Promise<void>;
    readonly target: ReplyTarget;
    readonly trigger: string;
    /** Throws the refusal of what makes no sense. */
    readonly submission: () => Submission;
  },
): Promise<void> {
  const { name, ack, target, trigger } = click;
  return answering(desk, target, {
    name,
    work: async () => {
      try {
        const submission = click.submission();
        if (target.responseUrl !== undefined) desk.replyUrls.keep(submission, target.responseUrl);
        await storeSubmission(desk, submission, keyOfClick(trigger));
      } finally {
        await ack();
      }
      desk.services.wake();
    },
  });
}

/** The same for each delivery of one click. Kept with the job: so not the trigger itself, with which forms can be opened. */
const keyOfClick = (trigger: string): string =>
  `click:${createHash('sha256').update(trigger).digest('hex')}`;
