import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { laneOf } from './add-jobs.js';
import type { Engine, Tx } from './database.js';
import { readJson } from './read-json.js';
import type { Job, Jobs } from './store.js';
import type { JobRow, Tables } from './tables.js';

/** Literal, as SQLite does not use its partial indexes with a bound parameter. */
export const unfinished = sql<boolean>`state <> 'buried'`;

export async function claimJobs(
  tx: Tx,
  options: Parameters<Jobs['claim']>[0] & { readonly engine: Engine; readonly lease: string },
): Promise<readonly Job[]> {
  const due = await dueJobs(tx, options);
  if (due.size === 0) return [];
  const taken = await tx
    .updateTable('jobs')
    .set((row) => ({
      state: 'running',
      lease: options.lease,
      due_at: options.until.toISOString(),
      attempt: row('attempt', '+', 1),
    }))
    .where('id', 'in', [...due.keys()])
    .returningAll()
    .execute();
  const byId = new Map(taken.map((row) => [row.id, row]));
  return [...due].flatMap(([id, runAt]) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toJob(row, new Date(runAt))];
  });
}

/** Skips rows that another replica is claiming. */
async function dueJobs(
  tx: Tx,
  { now, limit, engine }: { readonly now: Date; readonly limit: number; readonly engine: Engine },
): Promise<ReadonlyMap<number, string>> {
  const at = now.toISOString();
  const rows = await tx
    .selectFrom('jobs')
    .select(['id', 'due_at'])
    .where(unfinished)
    .where('due_at', '<=', at)
    .where((row) => row.not(row.exists(blockingJobs(row, at))))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  return new Map(rows.map((row) => [row.id, row.due_at]));
}

/** Older jobs of the same queue, and with `now` also any that is running. */
export function blockingJobs(outer: ExpressionBuilder<Tables, 'jobs'>, now: string | null) {
  return outer
    .selectFrom('jobs as other')
    .select('other.id')
    .where(sql<boolean>`other.state <> 'buried'`)
    .whereRef('other.queue', '=', 'jobs.queue')
    .whereRef('other.id', '<>', 'jobs.id')
    .where((row) => {
      const isOlder = row('other.id', '<', row.ref('jobs.id'));
      if (now === null) return isOlder;
      return isOlder.or(row('other.state', '=', 'running').and('other.due_at', '>', now));
    });
}

const Payload = z.record(z.string(), z.string());

const toJob = (row: Selectable<JobRow>, runAt: Date): Job => ({
  id: row.id,
  name: row.name,
  key: row.key,
  lane: laneOf(row.queue),
  request: row.request,
  payload: readJson(Payload, row.payload, `Job ${String(row.id)}`),
  runAt,
  since: new Date(row.since),
  attempt: row.attempt,
  retries: row.retries,
  lease: row.lease ?? '',
});
