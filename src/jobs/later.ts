import type { ChatError } from '../chat.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { Again } from './again.js';
import { backOff } from './back-off.js';

/** Slack did not take a message now: when it is to be tried again, as Slack says or by our own patience. */
export function later({ now }: Pick<Services, 'now'>, job: Job, error: ChatError): Again {
  const pause = error.retryAfter ?? backOff(job.retries, Math.random);
  return new Again(new Date(now().getTime() + pause), error.message, error);
}
