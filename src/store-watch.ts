import { setTimeout as sleep } from 'node:timers/promises';
import { ChatError } from './chat.js';
import type { Services } from './services.js';
import { DatabaseGone } from './store/database-gone.js';
import type { Head } from './store/store.js';

/** Twice, with the patience below, is less than a minute. */
const LOOK_EVERY_MS = 15_000;
/** A database that does not answer for this long may just be restarting; operators hear of it after that. */
const PATIENCE_MS = 45_000;
/** How long one look waits for an answer. */
const ANSWER_MS = 10_000;
/** Replicas notice the same outage at about the same time, and the first of them tells of it. */
const SAME_OUTAGE_MS = 10 * 60_000;

/** Whether the database is there, can be written, and still is the one that it was. */
export interface StoreWatch {
  start(): void;
  /** The database may be closed after this, whatever runs. */
  stop(): void;
  /** Looks now, and tells operators what they are to hear. Never rejects. */
  look(): Promise<void>;
  /** Looks now: what is wrong with the database, for operators, or null. */
  problem(): Promise<string | null>;
}

interface Trouble {
  readonly reason: string;
  /** Waiting does not mend it. */
  readonly isGone: boolean;
  readonly since: Date;
}

type Needs = Pick<Services, 'store' | 'chat' | 'policy' | 'log' | 'now'>;

export function createStoreWatch(services: Needs): StoreWatch {
  const { store, log, now } = services;
  let seen: Head | null = null;
  let trouble: Trouble | null = null;
  let told: Trouble | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** The database may have been written over in place, or be a copy that was left behind. */
  async function check(): Promise<void> {
    await store.ping();
    if (seen !== null && !(await store.audit.holds(seen))) {
      throw new DatabaseGone(
        'the database is an older one than before, or another: it lacks what the desk wrote',
      );
    }
    seen = await store.audit.head();
  }

  const refresh = oneAtATime(async () => {
    try {
      await within(check());
      if (trouble !== null) log.info({ since: trouble.since }, 'the store can be written again');
      trouble = null;
    } catch (err) {
      const isGone = err instanceof DatabaseGone;
      const reason = isGone ? err.message : 'the store cannot be written';
      if (trouble?.reason === reason || stopped) return;
      log.fatal({ err }, reason);
      trouble = { reason, isGone, since: trouble?.since ?? now() };
    }
  });

  const tellIfDue = oneAtATime(async () => {
    if (trouble === null) {
      if (told !== null && (await tell(services, 'over', told))) told = null;
      return;
    }
    const lasts = now().getTime() - trouble.since.getTime();
    if (told?.reason === trouble.reason || (!trouble.isGone && lasts < PATIENCE_MS)) return;
    const about = trouble;
    if (await tell(services, 'trouble', about)) told = about;
  });

  const look = async (): Promise<void> => {
    await refresh();
    await tellIfDue();
  };

  return {
    start: () => {
      timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
      void look();
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
    look,
    problem: async () => {
      await refresh();
      return trouble?.reason ?? null;
    },
  };
}

/** Whoever asks while it runs waits for the same run. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Past the outbox, which is in that very database. True when nothing is left to be said. */
async function tell(
  { chat, policy, log, now }: Needs,
  what: 'trouble' | 'over',
  trouble: Trouble,
): Promise<boolean> {
  const to = policy.current().notify.operators;
  if (to === null) return true;
  const outage = Math.floor(trouble.since.getTime() / SAME_OUTAGE_MS);
  try {
    await chat.notify({
      message: 'notice',
      to,
      posted: null,
      key: `database-${what}:${String(outage)}:${trouble.isGone ? 'gone' : 'silent'}`,
      mayBeThere: true,
      since: new Date(trouble.since.getTime() - SAME_OUTAGE_MS),
      text: what === 'over' ? 'The desk can use its database again.' : words(trouble),
    });
    return true;
  } catch (err) {
    log.warn({ err, at: now() }, 'operators could not be told of the database');
    return err instanceof ChatError && err.kind === 'never';
  }
}

const words = ({ reason, isGone }: Trouble): string =>
  `The desk cannot use its database: ${reason}. Nothing is accepted or carried out meanwhile. ` +
  (isGone
    ? 'Next: do not restart the desk before the right database is in its place, or it begins with an empty one. Restore it from the latest backup, then restart.'
    : 'Next: see that the database runs and can be reached; the desk goes on by itself.');

async function within(work: Promise<void>): Promise<void> {
  const late = new AbortController();
  try {
    await Promise.race([
      work,
      sleep(ANSWER_MS, undefined, { signal: late.signal, ref: false }).then(() => {
        throw new Error('The database does not answer.');
      }),
    ]);
  } finally {
    late.abort();
  }
}
