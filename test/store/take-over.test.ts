import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import { after, aJob } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('jobs that an earlier process left, on $name', ({ name, create }) => {
  let database: TestDatabase;
  let earlier: Store;
  beforeEach(async () => {
    database = await create();
    earlier = await database.open();
    await earlier.jobs.add([aJob({ key: 'left' }), aJob({ key: 'not begun', runAt: after(5) })]);
    await earlier.jobs.claim({ now: after(0), until: after(10), limit: 1 });
  });
  afterEach(() => database.drop());

  const due = async (store: Store, minute: number): Promise<readonly string[]> => {
    const now = after(minute);
    const jobs = await store.jobs.claim({ now, until: after(minute + 10), limit: 10 });
    return jobs.map((job) => job.key);
  };

  it('are due at once for a process that is alone, where that can be known', async () => {
    expect(await earlier.jobs.takeOver(after(9))).toBe(name === 'SQLite' ? 1 : 0);
    await earlier.close();
    const next = await database.open();

    expect(await next.jobs.takeOver(after(1))).toBe(name === 'SQLite' ? 1 : 0);

    expect(await due(next, 1)).toEqual(name === 'SQLite' ? ['left'] : []);
    expect(await due(next, 10)).toContain('not begun');
  });

  it('keep their leases while that process lives', async () => {
    await earlier.jobs.takeOver(after(11));
    const other = await database.open();

    expect(await other.jobs.takeOver(after(1))).toBe(0);

    expect(await due(other, 2)).toEqual([]);
  });

  it('are never due later than before', async () => {
    expect(await earlier.jobs.takeOver(after(11))).toBe(0);

    expect(await due(earlier, 10)).toEqual(['not begun', 'left']);
  });
});
