import { abandon, unclear } from '../changes/grant/abandon.js';
import { denialWords } from '../changes/denial.js';
import { carryOut } from '../changes/index.js';
import { StillUnclear } from '../changes/still-unclear.js';
import { commit } from '../commit.js';
import { Refusal } from '../errors.js';
import { isOutage, OnezoneError } from '../onezone/errors.js';
import { giveUp } from '../requests/lifecycle.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { Again } from './again.js';
import { hold, holdsUp } from './hold.js';
import { load } from './load.js';

/** So long a request waits for a Onezone that does not answer. */
const PATIENCE = 7 * 24 * 3_600_000;
/** And so often Onezone must have been asked: the desk itself may have been off for a week. */
const TRIES = 5;
const LOOK_AGAIN = 2_000;

export async function carryOutJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  if (request === null || !['approved', 'carrying out'].includes(request.status)) return;
  try {
    await carryOut(services, request);
  } catch (error) {
    await onFailure(services, job, { request, error });
  }
}

async function onFailure(
  services: Services,
  job: Job,
  failed: { readonly request: Request; readonly error: unknown },
): Promise<void> {
  const { request, error } = failed;
  const now = services.now();
  if (error instanceof StillUnclear && request.change === 'register') {
    throw new Again(new Date(now.getTime() + LOOK_AGAIN), error.message);
  }
  if (error instanceof Refusal) {
    if (error.code === 'someoneElseJustDecided') throw new Again(now, error.message);
    return fail(services, request.id, { error, why: error.message, next: error.next });
  }
  if (error instanceof OnezoneError && !isOutage(error)) {
    const service = request.change === 'grant' ? request.service.name : request.ask.name;
    return fail(services, request.id, { error, ...denialWords(error, { service }) });
  }
  const unanswered = isOutage(error) || holdsUp(error) || error instanceof StillUnclear;
  const waited = now.getTime() - job.since.getTime();
  if (unanswered && waited > PATIENCE && job.retries >= TRIES) return abandon(services, request.id);
  if (unanswered) await hold(services, request.id, { error });
  throw error;
}

async function fail(
  services: Services,
  id: Request['id'],
  words: { readonly error: unknown; readonly why: string; readonly next: string },
): Promise<void> {
  const { error, why, next } = words;
  const request = await services.store.requests.load(id);
  if (request === null) return;
  const supportId = services.newSupportId();
  services.log.error({ err: error, request: id, supportId }, 'request failed');
  const begun = mayHaveBegun(request, error);
  const known = begun ? await unclear(services, request) : request;
  const status = begun ? 'unclear' : 'failed';
  await commit(services, giveUp(known, { status, why, next, supportId }, services.now()));
}

/** “Failed” is said only where nothing can have happened: whoever reads it asks again. */
function mayHaveBegun(request: Request, error: unknown): boolean {
  if (request.status !== 'carrying out') return false;
  if (request.change === 'grant') return true;
  const denied = error instanceof OnezoneError && error.method === 'POST';
  const refused = error instanceof Refusal && error.code !== 'notConfirmed';
  return request.service !== null || !(denied || refused);
}
