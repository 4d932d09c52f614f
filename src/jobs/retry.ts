import type { ChatError } from '../chat.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';

/** Not now: the job is to run again at this moment. Nothing is wrong with it. */
export class RetryAt extends Error {
  override name = 'RetryAt' as const;
  readonly at: Date;

  constructor(at: Date, why: string, cause?: unknown) {
    super(why, { cause });
    this.at = at;
  }
}

export const retryIn = (services: Pick<Services, 'now'>, ms: number, error: Error): RetryAt =>
  new RetryAt(new Date(services.now().getTime() + ms), error.message, error);

/** Slack did not take a message now: when it is to be tried again, as Slack says or by our own back-off. */
export function retryChat(services: Pick<Services, 'now'>, job: Job, error: ChatError): RetryAt {
  return retryIn(services, error.retryAfter ?? backOff(job.retries, Math.random), error);
}

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/** A job that fails this often for reasons nobody foresaw is set aside, if it is a message; others are kept. */
export const MAX_TRIES = 25;

/** Milliseconds before the next attempt, by how many have failed: ever longer, at most a minute, spread so that replicas do not march in step. */
export function backOff(retries: number, random: () => number): number {
  const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(retries, 20));
  return Math.round(pause * (0.8 + 0.4 * random()));
}
