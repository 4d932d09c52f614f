import { Refusal } from '../errors.js';
import type { RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';

export interface Attempt {
  readonly who: SlackUser;
  /** What was wanted: a verb, or a verb and its object. */
  readonly what: string;
  readonly request?: RequestId;
}

/** Refusals are on record too: who wanted what, and which rule said no. While Slack is silent nothing is refused, it only waits. */
export async function recordRefusal<T>(
  services: Pick<Services, 'store' | 'now'>,
  attempt: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'slackSilent') {
      await putOnRecord(services, attempt, error);
    }
    throw error;
  }
}

export async function putOnRecord(
  { store, now }: Pick<Services, 'store' | 'now'>,
  { who, what, request = '' }: Attempt,
  { code, message: why, rule }: Refusal,
): Promise<void> {
  await store.audit.append({
    at: now(),
    who,
    what: 'refused',
    request: request === '' ? null : request,
    service: null,
    people: [],
    detail: { wanted: what, code, why, rule },
  });
}
