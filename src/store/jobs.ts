import { sql } from 'kysely';
import { addJobs } from './add-jobs.js';
import { claimJobs, inTheWay, unfinished } from './claim-jobs.js';
import { type Database, type Tx, write } from './database.js';
import type { Job, Jobs } from './store.js';

/** Errors are for an operator to read, not to keep whole pages of. */
const LONGEST_ERROR = 2000;

export function jobsOf(
  database: Database,
  { newLease, isSole }: { readonly newLease: () => string; readonly isSole: () => boolean },
): Jobs {
  const { db, engine } = database;
  return {
    add: (jobs) => write(database, (tx) => addJobs(tx, jobs)),
    claim: (options) =>
      write(database, (tx) => claimJobs(tx, { ...options, engine, lease: newLease() })),
    finish: async (job) => {
      const done = await ours(db.deleteFrom('jobs'), job).executeTakeFirst();
      return done.numDeletedRows === 1n;
    },
    retry: (job, options) => write(database, (tx) => retry(tx, job, options)),
    renew: async (job, until) => {
      const due_at = until.toISOString();
      const kept = await ours(db.updateTable('jobs').set({ due_at }), job).executeTakeFirst();
      return kept.numUpdatedRows === 1n;
    },
    bury: async (job, error) => {
      const buried = { state: 'buried' as const, lease: null, error: shown(error) };
      await ours(db.updateTable('jobs').set(buried), job).execute();
    },
    takeOver: async (at) => (isSole() ? takeOver(db, at.toISOString()) : 0),
    nextAt: () => nextAt(db),
    counts: (now) => counts(db, now.toISOString()),
  };
}

/** The row of a job while its lease is the one we were given. */
function ours<Query extends Narrowed<Query>>(query: Query, { id, lease }: Job): Query {
  return query.where('id', '=', id).where('lease', '=', lease);
}

interface Narrowed<Query> {
  where(column: 'id', is: '=', value: number): Query;
  where(column: 'lease', is: '=', value: string): Query;
}

/**
 * Meanwhile the same work may have been asked for again. This job then stands for both: it is the older one, it knows how
 * often it was tried, and its new time knows why.
 */
async function retry(
  tx: Tx,
  job: Job,
  { at, error }: { readonly at: Date; readonly error: string },
): Promise<boolean> {
  const held = await ours(
    tx.updateTable('jobs').set({ error: shown(error) }),
    job,
  ).executeTakeFirst();
  if (held.numUpdatedRows === 0n) return false;
  await tx.deleteFrom('jobs').where('key', '=', job.key).where('state', '=', 'waiting').execute();
  await tx
    .updateTable('jobs')
    .set({ state: 'waiting', lease: null, due_at: at.toISOString(), retries: job.retries + 1 })
    .where('id', '=', job.id)
    .execute();
  return true;
}

async function takeOver(db: Database['db'], at: string): Promise<number> {
  const left = db.updateTable('jobs').set({ due_at: at });
  const taken = await left
    .where('state', '=', 'running')
    .where('due_at', '>', at)
    .executeTakeFirst();
  return Number(taken.numUpdatedRows);
}

/** Jobs that wait for another of their queue say nothing: a worker that slept by them would not sleep. */
async function nextAt(db: Database['db']): Promise<Date | null> {
  const next = await db
    .selectFrom('jobs')
    .select('due_at')
    .where(unfinished)
    .where((it) => it.not(it.exists(inTheWay(it, null))))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return next === undefined ? null : new Date(next.due_at);
}

const count = sql<number>`cast(count(*) as integer)`;

async function counts(db: Database['db'], now: string): ReturnType<Jobs['counts']> {
  const states = await db
    .selectFrom('jobs')
    .select(['state', count.as('count')])
    .groupBy('state')
    .execute();
  const of = (state: string): number => states.find((it) => it.state === state)?.count ?? 0;
  const due = await db
    .selectFrom('jobs')
    .select((it) => [count.as('count'), it.fn.min('due_at').as('oldest')])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .executeTakeFirstOrThrow();
  return {
    waiting: of('waiting'),
    running: of('running'),
    buried: of('buried'),
    overdue: due.count,
    oldestDue: typeof due.oldest === 'string' ? new Date(due.oldest) : null,
  };
}

const shown = (error: string): string => error.replaceAll('\0', '').slice(0, LONGEST_ERROR);
