import { sql } from 'kysely';
import type { NewJob } from '../requests/step.js';
import { batches, type Tx } from './database.js';

/** A waiting job of the same key stays; if the new one is due earlier, it is due then. */
export async function addJobs(tx: Tx, jobs: readonly NewJob[]): Promise<void> {
  for (const batch of batches(oneOfEachKey(jobs))) {
    await tx
      .insertInto('jobs')
      .values(batch.map(toRow))
      .onConflict((it) =>
        it
          .column('key')
          .where('state', '=', sql.lit('waiting'))
          .doUpdateSet({ due_at: earlier('due_at'), since: earlier('since') }),
      )
      .execute();
  }
}

/** The queue is the lane; work without one queues behind nothing but itself. */
export const queueOf = ({ lane, key }: Pick<NewJob, 'lane' | 'key'>): string =>
  lane === null ? `key ${key}` : `lane ${lane}`;

export const laneOf = (queue: string): string | null =>
  queue.startsWith('lane ') ? queue.slice('lane '.length) : null;

const earlier = (column: 'due_at' | 'since') => {
  const [had, comes] = [sql.ref<string>(`jobs.${column}`), sql.ref<string>(`excluded.${column}`)];
  return sql<string>`case when ${comes} < ${had} then ${comes} else ${had} end`;
};

/** PostgreSQL refuses to meet the same row twice in one statement. The first keeps its place, for the order of its lane. */
function oneOfEachKey(jobs: readonly NewJob[]): readonly NewJob[] {
  const kept = new Map<string, NewJob>();
  for (const job of jobs) {
    const had = kept.get(job.key);
    if (had === undefined) kept.set(job.key, job);
    else if (job.runAt < had.runAt) kept.set(job.key, { ...had, runAt: job.runAt });
  }
  return [...kept.values()];
}

const toRow = (job: NewJob) => ({
  name: job.name,
  key: job.key,
  queue: queueOf(job),
  request: job.request,
  payload: JSON.stringify(job.payload),
  state: 'waiting' as const,
  due_at: job.runAt.toISOString(),
  since: job.runAt.toISOString(),
});
