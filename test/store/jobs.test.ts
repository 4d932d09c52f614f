import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job, Store } from '../../src/store/store.js';
import { aGrant, aJob, aStep, after } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('jobs on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  /** What is due so many minutes after nine, leased for ten. */
  const claim = (minute = 0, limit = 100, by = store): Promise<readonly Job[]> =>
    by.jobs.claim({ now: after(minute), until: after(minute + 10), limit });
  const one = async (minute = 0): Promise<Job> => {
    const [job, ...more] = await claim(minute);
    if (job === undefined || more.length > 0) throw new Error('There is not exactly one job due.');
    return job;
  };
  const keys = (jobs: readonly Job[]): readonly string[] => jobs.map((job) => job.key);

  it('hands out what was put in', async () => {
    const job = aJob({ lane: 'tell:C1', request: 'R-0000000A', payload: { to: 'C1', what: 'ü' } });
    await store.jobs.add([job]);

    expect(await claim(1)).toEqual([
      {
        ...job,
        id: expect.any(Number),
        attempt: 1,
        retries: 0,
        since: job.runAt,
        lease: expect.any(String),
      },
    ]);
  });

  it('hands out nothing before its time, and the longest due first', async () => {
    await store.jobs.add([
      aJob({ key: 'later', runAt: after(5) }),
      aJob({ key: 'second', runAt: after(2) }),
      aJob({ key: 'first', runAt: after(1) }),
    ]);

    expect(keys(await claim(0))).toEqual([]);
    expect(keys(await claim(3))).toEqual(['first', 'second']);
  });

  it('hands out no more than is asked for', async () => {
    await store.jobs.add(['a', 'b', 'c'].map((key) => aJob({ key })));

    expect(keys(await claim(0, 2))).toEqual(['a', 'b']);
    expect(keys(await claim(0, 2))).toEqual(['c']);
  });

  it('forgets a job that is finished', async () => {
    await store.jobs.add([aJob()]);

    expect(await store.jobs.finish(await one())).toBe(true);
    expect(await claim(60)).toEqual([]);
    expect(await store.jobs.nextAt()).toBeNull();
  });

  describe('of one key', () => {
    it('wait only once, for the earlier time', async () => {
      await store.jobs.add([aJob({ runAt: after(5), payload: { the: 'first' } })]);
      await store.jobs.add([aJob({ runAt: after(3), payload: { the: 'second' } })]);
      await store.jobs.add([aJob({ runAt: after(9) })]);

      expect(await store.jobs.nextAt()).toEqual(after(3));
      const jobs = await claim(20);
      expect(jobs).toEqual([
        expect.objectContaining({ since: after(3), payload: { the: 'first' } }),
      ]);
    });

    it('may come twice in one step', async () => {
      const jobs = [aJob({ runAt: after(5) }), aJob({ key: 'other' }), aJob({ runAt: after(3) })];
      await store.requests.commit(aStep(aGrant(), { jobs }));

      expect(await claim(4)).toHaveLength(2);
    });

    it('wait for the one that runs', async () => {
      await store.jobs.add([aJob()]);
      const running = await one();
      await store.jobs.add([aJob()]);

      expect(await claim(1)).toEqual([]);
      await store.jobs.finish(running);
      expect(await claim(1)).toEqual([expect.objectContaining({ attempt: 1 })]);
    });

    it('become one when the running one has to wait again', async () => {
      await store.jobs.add([aJob()]);
      const running = await one();
      await store.jobs.add([aJob({ runAt: after(1) })]);

      expect(await store.jobs.retry(running, { at: after(5), error: 'Slack: ratelimited' })).toBe(
        true,
      );

      expect(await claim(4)).toEqual([]);
      expect(await claim(5)).toEqual([
        expect.objectContaining({
          id: running.id,
          attempt: 2,
          retries: 1,
          since: running.since,
          runAt: after(5),
        }),
      ]);
      expect(await store.jobs.counts(after(5))).toMatchObject({ waiting: 0, running: 1 });
    });
  });

  describe('of one lane', () => {
    const inLane = (...names: readonly string[]) =>
      store.jobs.add(names.map((key) => aJob({ key, lane: 'tell:C1' })));

    it('come one after the other, in the order in which they were added', async () => {
      await inLane('b', 'a');
      await store.jobs.add([aJob({ key: 'elsewhere', lane: 'tell:C2' })]);

      const first = await claim(1);
      expect(keys(first)).toEqual(['b', 'elsewhere']);
      expect(await claim(1)).toEqual([]);
      for (const job of first) await store.jobs.finish(job);
      expect(keys(await claim(1))).toEqual(['a']);
    });

    it('wait for an older one that is not due yet', async () => {
      await store.jobs.add([aJob({ key: 'older', lane: 'tell:C1', runAt: after(9) })]);
      await inLane('newer');

      expect(await claim(8)).toEqual([]);
      expect(keys(await claim(9))).toEqual(['older']);
    });

    it('wait for one that is tried again', async () => {
      await inLane('older', 'newer');
      await store.jobs.retry(await one(), { at: after(5), error: 'Slack: ratelimited' });

      expect(await claim(1)).toEqual([]);
      expect(keys(await claim(5))).toEqual(['older']);
    });

    it('do not wait for one that is set aside', async () => {
      await inLane('older', 'newer');
      await store.jobs.bury(await one(), 'Slack: is_archived');

      expect(keys(await claim(1))).toEqual(['newer']);
    });

    it('wait for a younger one that runs already', async () => {
      await inLane('older', 'newer');
      const older = await one();
      await store.jobs.bury(older, 'x');
      await one(1);
      await database.raw(
        `update jobs set state = 'waiting', due_at = since where id = ${String(older.id)}`,
      );

      expect(await claim(2)).toEqual([]);
    });

    it('do not say when the next is due while it has to wait', async () => {
      await inLane('older', 'newer');
      await claim(1);

      expect(await store.jobs.nextAt()).toEqual(after(11));
    });
  });

  describe('lease', () => {
    it('that runs out makes a job due again, as a further attempt', async () => {
      await store.jobs.add([aJob()]);
      const lost = await one();

      expect(await claim(9)).toEqual([]);
      const again = await one(10);
      expect(again).toMatchObject({ id: lost.id, attempt: 2, retries: 0, since: lost.since });
      expect(again.lease).not.toBe(lost.lease);
    });

    it('that was lost lets its former holder do nothing', async () => {
      await store.jobs.add([aJob()]);
      const lost = await one();
      const again = await one(10);

      expect(await store.jobs.finish(lost)).toBe(false);
      expect(await store.jobs.retry(lost, { at: after(11), error: 'x' })).toBe(false);
      expect(await store.jobs.renew(lost, after(99))).toBe(false);
      await store.jobs.bury(lost, 'x');
      expect(await store.jobs.counts(after(11))).toMatchObject({ running: 1, buried: 0 });
      expect(await store.jobs.finish(again)).toBe(true);
    });

    it('that ran out but was taken by nobody still counts', async () => {
      await store.jobs.add([aJob()]);
      const late = await one();

      expect(await store.jobs.finish(late)).toBe(true);
    });

    it('can be renewed', async () => {
      await store.jobs.add([aJob()]);
      const job = await one();

      expect(await store.jobs.renew(job, after(30))).toBe(true);
      expect(await claim(29)).toEqual([]);
      expect(await store.jobs.nextAt()).toEqual(after(30));
    });

    it('is over for a job that was tried again', async () => {
      await store.jobs.add([aJob()]);
      const job = await one();
      await store.jobs.retry(job, { at: after(1), error: 'x' });

      expect(await store.jobs.retry(job, { at: after(9), error: 'x' })).toBe(false);
      expect(await store.jobs.finish(job)).toBe(false);
    });
  });

  it('never hands the same job to two processes', async () => {
    const other = await database.open();
    const all = Array.from({ length: 60 }, (_, index) => `job-${String(index)}`);
    await store.jobs.add(all.map((key) => aJob({ key })));

    const hands = await Promise.all(
      Array.from({ length: 24 }, (_, index) => claim(1, 5, index % 2 === 0 ? store : other)),
    );
    const rest = await claim(1);

    expect([...hands.flat(), ...rest].map((job) => job.key).sort()).toEqual([...all].sort());
  });

  it('never hands two jobs of a lane to two processes', async () => {
    const other = await database.open();
    await store.jobs.add(
      ['a', 'b', 'c', 'd'].flatMap((lane) =>
        [1, 2, 3].map((index) => aJob({ key: `${lane}${String(index)}`, lane })),
      ),
    );

    const hands = await Promise.all([store, other, store, other].map((by) => claim(1, 2, by)));
    const rest = await claim(1);

    expect([...hands.flat(), ...rest].map((job) => job.key).sort()).toEqual([
      'a1',
      'b1',
      'c1',
      'd1',
    ]);
  });

  it('are counted', async () => {
    await store.jobs.add([
      aJob({ key: 'runs' }),
      aJob({ key: 'buried', runAt: after(1) }),
      aJob({ key: 'overdue', runAt: after(2) }),
      aJob({ key: 'overdue too', runAt: after(3) }),
      aJob({ key: 'later', runAt: after(50) }),
    ]);
    await claim(0);
    for (const job of await claim(1)) await store.jobs.bury(job, 'NUL \0 and so on');

    expect(await store.jobs.counts(after(5))).toEqual({
      waiting: 3,
      overdue: 2,
      running: 1,
      buried: 1,
      oldestDue: after(2),
    });
  });

  it('are counted when there are none', async () => {
    expect(await store.jobs.counts(after(5))).toEqual({
      ...{ waiting: 0, overdue: 0, running: 0, buried: 0 },
      oldestDue: null,
    });
    expect(await store.jobs.nextAt()).toBeNull();
  });

  it('keep the reason why they were set aside', async () => {
    await store.jobs.add([aJob()]);
    await store.jobs.bury(await one(), 'Slack: is_archived');

    expect(await database.raw('select error, lease, state from jobs')).toEqual([
      { error: 'Slack: is_archived', lease: null, state: 'buried' },
    ]);
  });
});
