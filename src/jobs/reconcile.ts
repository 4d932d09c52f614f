import { z } from 'zod';
import {
  type Access,
  type AccessKey,
  type Claim,
  isEnding,
  isLive,
  isTouchWanted,
  settleTouches,
} from '../access/access.js';
import { NO_ANSWER } from '../access/outcome.js';
import { reconcile } from '../access/reconcile.js';
import type { Run } from '../changes/change.js';
import type { OnezoneError } from '../onezone/errors.js';
import { carryOut } from '../requests/jobs.js';
import { OnezoneId, type RequestId } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { isTooLong, TELL_FAULT_AFTER_TRIES } from './carry-out.js';
import { classify } from './classify.js';
import { denialWords } from './denial-words.js';
import { postponeRequest } from './postpone.js';
import { RetryAt, retryIn } from './retry.js';

export const AccessPayload = z.object({ service: OnezoneId, onezone: OnezoneId });

const LOOK_AGAIN_MS = 5_000;

/** Makes the zone show what an access should be. Never given up while something is to be taken away. */
export async function reconcileJob(services: Services, job: Job, run: Run): Promise<void> {
  const key = AccessPayload.parse(job.payload);
  try {
    await reconcile(services, key, run.fence);
  } catch (error) {
    await onFailure(services, job, { key, run, error });
  }
}

interface Work {
  readonly key: AccessKey;
  readonly run: Run;
}

async function onFailure(
  services: Services,
  job: Job,
  { key, run, error }: Work & { readonly error: unknown },
): Promise<void> {
  const failure = classify(error);
  switch (failure.kind) {
    case 'overtaken':
      throw new RetryAt(services.now(), 'overtaken', error);
    case 'lease lost':
      throw error;
    case 'outcome pending':
      throw retryIn(services, LOOK_AGAIN_MS, failure.error);
    case 'denied':
      await deny(services, key, failure.error);
      return keepEnding(services, { key, run }, error);
    case 'outage':
      if (isTooLong(services, job)) await abandon(services, key);
      await postponeWaiting(services, { key, run }, error);
      throw error;
    case 'refusal':
    case 'unforeseen':
      if (job.retries >= TELL_FAULT_AFTER_TRIES) {
        await postponeWaiting(services, { key, run }, error);
      }
      throw error;
  }
}

/**
 * Onezone said no to what was to be given: that part failed, and says so; the support id leads from there to the log. Where an
 * earlier call had no answer, it may have arrived: then it is given up instead, and taken back as soon as Onezone can be read.
 */
async function deny(services: Services, key: AccessKey, error: OnezoneError): Promise<void> {
  const at = services.now();
  const supportId = services.newSupportId();
  await moveClaims(services, key, (claim, { service, writing }) => {
    const words = denialWords(error, { service: service.name, person: `<@${claim.slack}>` });
    const isNew = claim.state.kind === 'wanted' && isLive(claim, at);
    if (!isNew && !isTouchWanted(claim)) return claim;
    services.log.error(
      { err: error, request: claim.request, person: claim.slack, supportId },
      'one person got nothing',
    );
    if (isNew && writing !== null) {
      return { ...claim, dropped: { by: claim.request, at, why: words.why, next: words.next } };
    }
    return isNew
      ? { ...claim, state: { kind: 'failed', at, ...words, supportId } }
      : settleTouches(claim, { kind: 'failed', ...words, supportId });
  });
}

/** Nobody has answered for too long: what was to be given is given up, and taken back should it have arrived after all. */
async function abandon(services: Services, key: AccessKey): Promise<void> {
  const at = services.now();
  await moveClaims(services, key, (claim) => {
    if (claim.state.kind === 'wanted' && isLive(claim, at)) {
      return { ...claim, dropped: { by: claim.request, at } };
    }
    return isTouchWanted(claim) ? settleTouches(claim, { kind: 'failed', ...NO_ANSWER }) : claim;
  });
}

async function moveClaims(
  services: Services,
  key: AccessKey,
  move: (claim: Claim, access: Access) => Claim,
): Promise<void> {
  const access = await services.store.accesses.load(key);
  if (access === null) return;
  const claims = access.claims.map((claim) => move(claim, access));
  const moved = claims.filter((claim, index) => claim !== access.claims[index]);
  if (moved.length === 0) return;
  const ids = moved.flatMap(({ request, touches }) => [request, ...touches.map(({ by }) => by)]);
  const now = services.now();
  await services.store.commit({
    accesses: [{ ...access, claims, version: access.version + 1 }],
    jobs: [...new Set(ids)].map((id) => carryOut({ id, lane: null }, now)),
  });
  services.wake();
}

/** What is over must go: that is tried on, however often Onezone says no. */
async function keepEnding(services: Services, work: Work, error: unknown): Promise<void> {
  const access = await services.store.accesses.load(work.key);
  const isStillThere = access?.claims.some((claim) => isEnding(claim, services.now())) ?? false;
  if (!isStillThere) return;
  await postponeWaiting(services, work, error);
  throw error;
}

/** Everybody who waits for this access is told once that it waits. */
async function postponeWaiting(
  services: Services,
  { key, run }: Work,
  error: unknown,
): Promise<void> {
  const access = await services.store.accesses.load(key);
  const now = services.now();
  const ids = (access?.claims ?? []).flatMap((claim) => waitingFor(claim, now));
  for (const id of new Set(ids)) {
    // What is ending is shown as ending before it is said that it waits.
    const request = await services.store.requests.load(id);
    if (request !== null && request.status !== 'approved') {
      await services.changes.of(request).carryOut(services, request, run);
    }
    const again = request?.status === 'carrying out' ? [carryOut(request, now)] : [];
    await postponeRequest(services, id, { error, jobs: again });
  }
}

function waitingFor(claim: Claim, now: Date): readonly RequestId[] {
  const { request, dropped, touches, state } = claim;
  const isWanted = state.kind === 'wanted' && isLive(claim, now);
  return [
    ...(isWanted || isEnding(claim, now) ? [request] : []),
    ...(isEnding(claim, now) && dropped !== null ? [dropped.by] : []),
    ...touches.filter((each) => each.state.kind === 'wanted').map(({ by }) => by),
  ];
}
