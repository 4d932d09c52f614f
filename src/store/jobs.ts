import { sql } from 'kysely';
import { addJobs } from './add-jobs.js';
import { blockingJobs, claimJobs, unfinished } from './claim-jobs.js';
import { type Database, type Tx, write } from './database.js';
import type { Job, Jobs } from './store.js';

/** An error can contain a whole web page. */
const MAX_ERROR_LENGTH = 2000;

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
      const deleted = await whileLeased(db.deleteFrom('jobs'), job).executeTakeFirst();
      return deleted.numDeletedRows === 1n;
    },
    retry: (job, options) => write(database, (tx) => retry(tx, job, options)),
    renew: async (job, until) => {
      const due_at = until.toISOString();
      const renewed = await whileLeased(
        db.updateTable('jobs').set({ due_at }),
        job,
      ).executeTakeFirst();
      return renewed.numUpdatedRows === 1n;
    },
    bury: async (job, error) => {
      const buried = { state: 'buried' as const, lease: null, error: trimmed(error) };
      await whileLeased(db.updateTable('jobs').set(buried), job).execute();
    },
    takeOver: async (at) => (isSole() ? takeOver(db, at.toISOString()) : 0),
    nextAt: () => nextAt(db),
    counts: (now) => counts(db, now.toISOString()),
    dueSince: (names, now) => dueSince(db, names, now.toISOString()),
  };
}

/** Matches nothing once another process has taken the job over. */
function whileLeased<Query extends Filterable<Query>>(query: Query, { id, lease }: Job): Query {
  return query.where('id', '=', id).where('lease', '=', lease);
}

interface Filterable<Query> {
  where(column: 'id', is: '=', value: number): Query;
  where(column: 'lease', is: '=', value: string): Query;
}

/**
 * The same work may have been queued again meanwhile. The two become one: this one, as it is older, counts the retries, and
 * has the due time that its failure calls for.
 */
async function retry(
  tx: Tx,
  job: Job,
  { at, error }: { readonly at: Date; readonly error: string },
): Promise<boolean> {
  const held = await whileLeased(
    tx.updateTable('jobs').set({ error: trimmed(error) }),
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
  const taken = await db
    .updateTable('jobs')
    .set({ due_at: at })
    .where('state', '=', 'running')
    .where('due_at', '>', at)
    .executeTakeFirst();
  return Number(taken.numUpdatedRows);
}

/** Ignores jobs behind another of their queue: they may be due already, so a worker would poll instead of sleeping. */
async function nextAt(db: Database['db']): Promise<Date | null> {
  const next = await db
    .selectFrom('jobs')
    .select('due_at')
    .where(unfinished)
    .where((row) => row.not(row.exists(blockingJobs(row, null))))
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
  const of = (state: string): number => states.find((row) => row.state === state)?.count ?? 0;
  const due = await db
    .selectFrom('jobs')
    .select((row) => [count.as('count'), row.fn.min('due_at').as('oldest')])
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

async function dueSince(
  db: Database['db'],
  names: Parameters<Jobs['dueSince']>[0],
  now: string,
): Promise<Date | null> {
  const { oldest } = await db
    .selectFrom('jobs')
    .select((row) => row.fn.min('since').as('oldest'))
    .where('state', '=', 'waiting')
    .where('name', 'in', names)
    .where('since', '<=', now)
    .executeTakeFirstOrThrow();
  return typeof oldest === 'string' ? new Date(oldest) : null;
}

const trimmed = (error: string): string => error.replaceAll('\0', '').slice(0, MAX_ERROR_LENGTH);
