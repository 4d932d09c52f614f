import { type Claim, isEnding, keyOf } from '../access/access.js';
import { clockJob, reconcileJob } from '../access/jobs.js';
import { claimsToWarn, warningsDue } from '../access/warnings.js';
import { notify } from '../requests/jobs.js';
import type { NewJob } from '../requests/step.js';
import { BOT } from '../requests/to-step.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { AccessPayload } from './reconcile.js';

/** A moment in the life of an access has come: somebody is warned, or what is over is taken away. Early, late and twice are normal. */
export async function accessClockJob(services: Services, job: Job): Promise<void> {
  const access = await services.store.accesses.load(AccessPayload.parse(job.payload));
  if (access === null) return;
  const now = services.now();
  const warned = claimsToWarn(access, now);
  const isOver = access.claims.some((claim) => isEnding(claim, now));
  const next = {
    ...access,
    version: access.version + 1,
    claims: access.claims.map((claim) => ({
      ...claim,
      warned: Math.max(claim.warned, warningsDue(claim, now)),
    })),
  };
  const { service, onezone } = access;
  await services.store.commit({
    accesses: [next],
    entries: warned.map(({ request, slack, until }) => ({
      at: now,
      who: BOT,
      what: 'warned',
      request,
      service,
      people: [slack],
      detail: { onezone, end: until?.toISOString() ?? null },
    })),
    jobs: [
      ...(isOver ? [reconcileJob(keyOf(access), now)] : []),
      ...warned.map((claim) => warning(claim, now)),
      ...clockJob(next, now),
    ],
  });
  services.wake();
}

/** Each warning is a message of its own, and so is that of an end that was moved. */
function warning(claim: Claim, now: Date): NewJob {
  const { request: id, slack, until } = claim;
  const occasion = `${String(until?.getTime() ?? 0)}-${String(warningsDue(claim, now))}`;
  return notify({ id }, { message: 'warning', to: slack, person: slack, occasion }, now);
}
