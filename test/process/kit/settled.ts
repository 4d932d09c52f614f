import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from '../../../src/requests/request.js';
import type { Store } from '../../../src/store/store.js';
import type { TestDatabase } from '../../store/databases.js';
import { requestOf } from './residents.js';
import type { Wish } from './wishes.js';

const PATIENCE = 60_000;

/** Waits until everything was asked and decided, and nothing is left to do but what waits for its day. */
export async function settled(
  wishes: readonly Wish[],
  store: Store,
  database: TestDatabase,
): Promise<ReadonlyMap<Wish, Request>> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const all = await Promise.all(
      wishes.map(async (wish) => [wish, await requestOf(store, wish)] as const),
    );
    const known = new Map(all.flatMap(([wish, it]) => (it === null ? [] : [[wish, it]])));
    const left = await database.raw(
      `select name, key, state, attempt, retries, due_at, error from jobs where name in ('submission', 'preview', 'carry-out', 'reconcile', 'notify', 'notice')`,
    );
    const done = [...known.values()].filter((it) => it.status === 'done');
    if (done.length === wishes.length && left.length === 0) return known;
    if (performance.now() > end) {
      process.stderr.write(`not settled: ${done.length} done, ${JSON.stringify(left, null, 1)}\n`);
      return known;
    }
    await pause(100);
  }
}
