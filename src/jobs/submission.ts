import { ChatError, type SubmissionAnswer } from '../chat.js';
import { Refusal } from '../errors.js';
import { type Attempt, putOnRecord } from '../operations/record-refusal.js';
import { performSubmission, readSubmission, type Submission } from '../operations/submission.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { backOff, type RetryAt, retryChat, retryIn } from './retry.js';

/** Half a minute: somebody may be looking at “One moment…”. */
const MAX_TRIES = 5;

/**
 * What somebody sent or pressed, stored before Slack had its answer: it survives a crash. Done, and then said to the person; a second
 * run finds the first.
 */
export async function submissionJob(services: Services, job: Job): Promise<void> {
  const submission = readSubmission(job.payload);
  const isRepeated = job.attempt > 1;
  try {
    const result = await performSubmission(services, submission, { key: job.key, isRepeated });
    await answer(services, submission, result);
  } catch (error) {
    await onFailure(services, job, { submission, error });
  }
}

async function onFailure(
  services: Services,
  job: Job,
  { submission, error }: { readonly submission: Submission; readonly error: unknown },
): Promise<void> {
  // Slack was to be asked who somebody is: that comes again, and so does this.
  if (isSilent(error) && job.retries < MAX_TRIES) throw retryLater(services, job, error);
  if (error instanceof Refusal) {
    if (isSilent(error)) await putOnRecord(services, attemptOf(submission), error);
    services.log.info({ submission: submission.kind, refusal: error.code }, 'refused');
    return answer(services, submission, { kind: 'refused', refusal: error });
  }
  if (error instanceof ChatError && error.kind !== 'never' && job.retries < MAX_TRIES) {
    throw retryChat(services, job, error);
  }
  const supportId = services.newSupportId();
  services.log.error({ err: error, submission: submission.kind, supportId }, 'a submission failed');
  await services.store.audit.append({
    at: services.now(),
    who: submission.by,
    what: 'fault',
    request: 'id' in submission ? submission.id : null,
    service: null,
    people: [],
    detail: { wanted: wantedWords(submission), supportId },
  });
  await answer(services, submission, { kind: 'fault', supportId });
}

const isSilent = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.code === 'slackSilent';

function retryLater(services: Services, job: Job, error: Refusal): RetryAt {
  const { cause } = error;
  if (cause instanceof ChatError) return retryChat(services, job, cause);
  return retryIn(services, backOff(job.retries, Math.random), error);
}

function attemptOf(submission: Submission): Attempt {
  const attempt = { who: submission.by, what: wantedWords(submission) };
  return 'id' in submission ? { ...attempt, request: submission.id } : attempt;
}

/** As refusals are on record. */
function wantedWords(submission: Submission): string {
  switch (submission.kind) {
    case 'ask':
      return `ask ${submission.change}`;
    case 'decide':
      return submission.verdict;
    case 'withdraw':
      return submission.kind;
    case 'prove':
      return 'link me';
    case 'disown':
      return 'disown a link';
  }
}

/** The result stands whether or not the person can be told now: messages about the request tell it too. */
async function answer(
  services: Services,
  submission: Submission,
  result: SubmissionAnswer,
): Promise<void> {
  try {
    await services.chat.answer(submission, result);
  } catch (error) {
    services.log.warn({ err: error, submission: submission.kind }, 'the person could not be told');
  }
}
