import { NO_ANSWER } from '../access/outcome.js';
import type { Run } from '../changes/change.js';
import { commit } from '../commit.js';
import { Refusal } from '../errors.js';
import { OnezoneError } from '../onezone/errors.js';
import { giveUp } from '../requests/by-jobs.js';
import { isSettled, type Request, serviceOf, type Trouble } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { classify } from './classify.js';
import { denialWords } from './denial-words.js';
import { loadRequest } from './perform.js';
import { postponeRequest } from './postpone.js';
import { RetryAt, retryIn } from './retry.js';

/** How long a request waits for a Onezone that does not answer. */
const GIVE_UP_AFTER_MS = 7 * 24 * 3_600_000;
/** And how often Onezone must have been asked by then: the desk itself may have been off for a week. */
const GIVE_UP_AFTER_TRIES = 5;
/** A fault that is still there after so many tries does not pass by itself. */
export const TELL_FAULT_AFTER_TRIES = 4;
const LOOK_AGAIN_MS = 2_000;

/** Runs the change of a request: begins it, makes it so, and follows what becomes of it. */
export async function carryOutJob(services: Services, job: Job, run: Run): Promise<void> {
  const request = await loadRequest(services, job);
  if (request === null || !isCarriedOut(request)) return;
  try {
    await services.changes.of(request).carryOut(services, request, run);
  } catch (error) {
    await onFailure(services, job, { request, error });
  }
}

const isCarriedOut = ({ status }: Request): boolean =>
  ['approved', 'carrying out', 'done', 'unclear', 'failed'].includes(status);

async function onFailure(
  services: Services,
  job: Job,
  { request, error }: { readonly request: Request; readonly error: unknown },
): Promise<void> {
  const failure = classify(error);
  const { name = '' } = request.service ?? {};
  switch (failure.kind) {
    case 'overtaken':
      throw new RetryAt(services.now(), 'overtaken', error);
    case 'lease lost':
      throw error;
    case 'outcome pending':
      if (request.status === 'carrying out') throw retryIn(services, LOOK_AGAIN_MS, failure.error);
      return keep(services, job, { request, error });
    case 'refusal': {
      const { message: why, next } = failure.refusal;
      return fail(services, request.id, { error, why, next });
    }
    case 'denied':
      return fail(services, request.id, {
        error,
        ...denialWords(failure.error, { service: name }),
      });
    case 'outage':
      return keep(services, job, { request, error });
    case 'unforeseen':
      if (job.retries >= TELL_FAULT_AFTER_TRIES) {
        await postponeRequest(services, request.id, { error });
      }
      throw error;
  }
}

async function keep(
  services: Services,
  job: Job,
  { request, error }: { readonly request: Request; readonly error: unknown },
): Promise<void> {
  if (!isTooLong(services, job)) {
    await postponeRequest(services, request.id, { error });
    throw error;
  }
  await end(services, request.id, { error, ...NO_ANSWER });
}

export function isTooLong({ now }: Pick<Services, 'now'>, job: Job): boolean {
  const waitedMs = now().getTime() - job.since.getTime();
  return waitedMs > GIVE_UP_AFTER_MS && job.retries >= GIVE_UP_AFTER_TRIES;
}

interface Failed extends Omit<Trouble, 'supportId'> {
  readonly error: unknown;
}

/** “Failed” is said only where nothing can have happened: whoever reads it asks again. */
async function fail(services: Services, id: Request['id'], failed: Failed): Promise<void> {
  await end(services, id, failed, (request) => mayHaveBegun(request, failed.error));
}

async function end(
  services: Services,
  id: Request['id'],
  { error, why, next }: Failed,
  isUnclear = ({ status }: Request): boolean => status === 'carrying out',
): Promise<void> {
  const request = await services.store.requests.load(id);
  if (request === null || isSettled(request.status)) return;
  const supportId = services.newSupportId();
  services.log.error({ err: error, request: id, supportId }, 'request failed');
  const status = isUnclear(request) ? 'unclear' : 'failed';
  const step = giveUp(request, { status, why, next, supportId }, services.now());
  if (step !== null) await commit(services, step);
}

function mayHaveBegun(request: Request, error: unknown): boolean {
  if (request.status !== 'carrying out') return false;
  const isDeniedCall = error instanceof OnezoneError && error.method === 'POST';
  const isRefused = error instanceof Refusal && error.code !== 'notConfirmed';
  return serviceOf(request) !== null || !(isDeniedCall || isRefused);
}
