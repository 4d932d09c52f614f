import { sql } from 'kysely';
import type { NewJob } from '../requests/step.js';
import { batches, type Tx } from './database.js';

/** A waiting job of the same key is kept and gets the earlier due time of the two. */
export async function addJobs(tx: Tx, jobs: readonly NewJob[]): Promise<void> {
  for (const batch of batches(oneOfEachKey(jobs))) {
    await tx
      .insertInto('jobs')
      .values(batch.map(toRow))
      .onConflict((conflict) =>
        conflict
          .column('key')
          .where('state', '=', sql.lit('waiting'))
          .doUpdateSet({ due_at: earlierOf('due_at'), since: earlierOf('since') }),
      )
      .execute();
  }
}

/** Jobs without a lane are serialised by key, so that the same job never runs twice at once. */
export const queueOf = ({ lane, key }: Pick<NewJob, 'lane' | 'key'>): string =>
  lane === null ? `key ${key}` : `lane ${lane}`;

export const laneOf = (queue: string): string | null =>
  queue.startsWith('lane ') ? queue.slice('lane '.length) : null;

const earlierOf = (column: 'due_at' | 'since') => {
  const [stored, added] = [
    sql.ref<string>(`jobs.${column}`),
    sql.ref<string>(`excluded.${column}`),
  ];
  return sql<string>`case when ${added} < ${stored} then ${added} else ${stored} end`;
};

/** PostgreSQL rejects an upsert that meets the same row twice. The first keeps its position, which is its order in the lane. */
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
