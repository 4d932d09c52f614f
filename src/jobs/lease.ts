import { type Fence, LeaseLost } from '../fence.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';

/** How long work that a dead process had begun is left alone: three renewals may fail before it is taken for dead. */
export const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 4_000;
/** A call to Onezone is over, or was given up, within this time. */
const CALL_MS = 10_000;

/** Renews the lease of a job until it is released. Once it was lost, nothing more may be done under it. */
export function holdLease(
  { store, now, log }: Pick<Services, 'store' | 'now' | 'log'>,
  job: Job,
): Fence & { release(): void } {
  let heldUntil = now().getTime() + LEASE_MS;
  let isLost = false;

  async function renew(): Promise<void> {
    const until = new Date(now().getTime() + LEASE_MS);
    if (await store.jobs.renew(job, until)) heldUntil = until.getTime();
    else isLost = true;
  }

  const timer = setInterval(() => {
    renew().catch((err: unknown) => {
      log.warn({ job: job.name, err }, 'a lease could not be renewed');
    });
  }, RENEW_EVERY_MS);
  timer.unref();
  return {
    mustHold: async () => {
      if (!isLost && heldUntil - now().getTime() < CALL_MS) await renew();
      if (isLost) throw new LeaseLost(`The job ${job.key} is another worker’s by now.`);
    },
    release: () => {
      clearInterval(timer);
    },
  };
}
