import { isOvertaken } from '../errors.js';
import { LeaseLost } from '../fence.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { jobs } from './index.js';
import { holdLease, LEASE_MS } from './lease.js';
import { backOff, MAX_TRIES, RetryAt } from './retry.js';

/** Another replica may have added work, so the table is looked at this often even when nobody wakes us. */
const ROUND_MS = 1_000;
/** While the table cannot be read. */
const MAX_PAUSE_MS = 15_000;
const JOBS_AT_ONCE = 8;

export interface Worker {
  start(): void;
  /** Something may be due now. */
  wake(): void;
  /** Does everything that is due, until nothing is. For tests and the end of a demo step. */
  settle(): Promise<void>;
  /** Takes nothing more and waits for what runs; what is not finished by then is left to its lease. */
  stop(deadlineMs: number): Promise<void>;
  /** When a round last began, for liveness. */
  lastRound(): Date | null;
}

/** Runs due jobs, a few at a time. A lease, not a lock: if this process dies, its jobs are free again when their leases run out. */
export function createWorker(services: Services): Worker {
  const running = new Set<Promise<void>>();
  let stopped = true;
  let looking: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  let last: Date | null = null;
  let failures = 0;

  async function round(): Promise<number> {
    const now = services.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const limit = JOBS_AT_ONCE - running.size;
    // Before the claim: a database that is away does not come back by restarting us, but one that never answers blocks us.
    last = now;
    const claimed = await services.store.jobs.claim({ now, until, limit });
    for (const job of claimed) track(perform(services, job));
    return claimed.length;
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => {
      running.delete(tracked);
      wake();
    });
    running.add(tracked);
  }

  function wake(): void {
    again = true;
    if (stopped || looking !== null) return;
    looking = look().finally(() => {
      looking = null;
      if (again) wake();
    });
  }

  async function look(): Promise<void> {
    again = false;
    if (timer !== null) clearTimeout(timer);
    try {
      while (!stopped && running.size < JOBS_AT_ONCE && (await round()) > 0);
      if (failures > 0) services.log.info({ failures }, 'the table of jobs can be read again');
      failures = 0;
    } catch (error) {
      if (failures === 0) {
        services.log.error({ err: error }, 'the table of jobs cannot be read');
      }
      failures += 1;
    }
    const pause = Math.min(MAX_PAUSE_MS, ROUND_MS * 2 ** Math.min(failures, 10));
    if (!stopped) timer = setTimeout(wake, failures === 0 ? ROUND_MS : pause);
  }

  return {
    start: () => {
      stopped = false;
      wake();
    },
    wake,
    settle: async () => {
      for (;;) {
        // What a look of its own has claimed runs only when that look is over.
        await looking;
        const claimed = await round();
        if (claimed === 0 && running.size === 0 && looking === null) return;
        await Promise.allSettled(running);
      }
    },
    stop: async (deadlineMs) => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.race([Promise.allSettled([...running, looking]), pause(deadlineMs)]);
    },
    lastRound: () => last,
  };
}

async function perform(services: Services, job: Job): Promise<void> {
  const lease = holdLease(services, job);
  try {
    await jobs[job.name](services, job, { fence: lease });
    await services.store.jobs.finish(job);
  } catch (error) {
    await putBack(services, job, error);
  } finally {
    lease.release();
  }
}

async function putBack(services: Services, job: Job, error: unknown): Promise<void> {
  const { store, log, now } = services;
  const about = { job: job.name, request: job.request, attempt: job.attempt };
  try {
    if (error instanceof LeaseLost) {
      log.warn(about, 'job was taken over by another worker');
      return;
    }
    if (error instanceof RetryAt) {
      log.debug({ ...about, why: error.message }, 'job comes again');
      await store.jobs.retry(job, { at: error.at, error: error.message });
      return;
    }
    if (isOvertaken(error)) {
      await store.jobs.retry(job, { at: now(), error: 'overtaken' });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (job.retries >= MAX_TRIES && isMessage(job)) {
      log.error({ ...about, err: error }, 'job set aside');
      await store.jobs.bury(job, reason);
      return;
    }
    log.warn({ ...about, err: error }, 'job will be tried again');
    const at = new Date(now().getTime() + backOff(job.retries, Math.random));
    await store.jobs.retry(job, { at, error: reason });
  } catch (failure) {
    log.error({ ...about, err: failure }, 'job could not be put back; its lease will run out');
  }
}

/** What moves a request or reads the zone is never given up; a message that cannot even be drawn is, or it would hold up its lane. */
const isMessage = ({ name }: Job): boolean => name === 'notify' || name === 'notice';

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
