import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Overtaken, refusals } from '../../src/errors.js';
import type { Link, Store } from '../../src/store/store.js';
import {
  aClaim,
  aGrant,
  aJob,
  anAccess,
  anEntry,
  aStep,
  after,
  DATACITE,
  NOW,
} from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const KEY = { service: DATACITE.id, onezone: 'onezone-lena' };
const EPIC = { id: 'service-epic', name: 'ePIC' };
const ended = { kind: 'ended' as const, at: NOW, left: 'nothing' as const };
const failed = { kind: 'failed' as const, at: NOW, why: 'w', next: 'n' };
const overtaken = new Overtaken(
  'The access of onezone-lena to service-datacite was moved meanwhile.',
);

const aLink = (said: Partial<Link> = {}): Link => ({
  slack: 'U0LENA',
  onezone: 'onezone-lena',
  by: 'U0ADMIN',
  how: 'by approval',
  at: NOW,
  ...said,
});

describe.each(engines)('accesses on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const rows = (sql: string) => database.raw(sql);
  const count = async (table: string): Promise<number> =>
    (await rows(`select 1 from ${table}`)).length;

  it('are stored as they are, with their dates', async () => {
    const access = anAccess({
      baseline: [],
      joined: ['member'],
      applied: { privileges: null, at: after(1) },
      writing: { to: ['handle_service_view'] },
      claims: [
        aClaim({
          lost: ['member'],
          dropped: { by: 'R-0000000C', at: after(2) },
          touches: [
            { by: 'R-0000000D', restores: true, state: { kind: 'confirmed', at: after(3) } },
          ],
          state: { kind: 'given', at: NOW, added: [] },
        }),
      ],
    });
    await store.commit({ accesses: [access] });

    expect(await store.accesses.load(KEY)).toEqual(access);
    expect(await store.accesses.load({ ...KEY, onezone: 'onezone-ben' })).toBeNull();
    expect(await store.accesses.load({ ...KEY, service: 'service-epic' })).toBeNull();
  });

  it('move on, version by version', async () => {
    await store.commit({ accesses: [anAccess()] });
    const next = anAccess({ version: 2, baseline: ['handle_service_view'] });
    await store.commit({ accesses: [next] });

    expect(await store.accesses.load(KEY)).toEqual(next);
  });

  it.each([
    ['is there already', [1], 1],
    ['skips a version', [1], 3],
    ['was moved already', [1, 2], 2],
    ['is not there', [], 2],
  ])('refuse a write where the access %s', async (_why, before, version) => {
    for (const earlier of before)
      await store.commit({ accesses: [anAccess({ version: earlier })] });

    const writes = { accesses: [anAccess({ version, baseline: [] })], entries: [anEntry()] };
    await expect(store.commit(writes)).rejects.toThrow(overtaken);

    expect((await store.accesses.load(KEY))?.version ?? null).toBe(before.at(-1) ?? null);
    expect(await count('audit')).toBe(0);
  });

  it('let exactly one of several win who move the same version', async () => {
    const other = await database.open();
    await store.commit({ accesses: [anAccess()] });

    const ends = await Promise.allSettled(
      [store, other, store, other].map((replica, index) =>
        replica.commit({
          accesses: [anAccess({ version: 2, joined: [String(index)] })],
          jobs: [aJob({ key: String(index) })],
        }),
      ),
    );

    const lost = ends.filter((end) => end.status === 'rejected');
    expect(lost.map((end): unknown => end.reason)).toEqual(Array(3).fill(overtaken));
    const winner = await store.accesses.load(KEY);
    expect(await rows('select key from jobs')).toEqual([{ key: winner?.joined[0] }]);
  });

  it('let exactly one of several make a new one', async () => {
    const other = await database.open();

    const ends = await Promise.allSettled(
      [store, other, store, other].map((replica) => replica.commit({ accesses: [anAccess()] })),
    );

    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
  });

  describe('are found by their claims', () => {
    const ben = anAccess({
      onezone: 'onezone-ben',
      claims: [aClaim({ request: 'R-0000000C', slack: 'U0BEN' })],
    });
    const lena = anAccess({
      claims: [
        aClaim({ state: { kind: 'given', at: NOW, added: [] } }),
        aClaim({ request: 'R-0000000C', state: ended }),
      ],
    });
    const lenaOnEpic = anAccess({
      service: EPIC,
      claims: [aClaim({ state: { kind: 'unclear', saw: '' } })],
    });
    /** Lena was another Onezone user when this was given to her. */
    const lenaBefore = anAccess({ onezone: 'onezone-old', claims: [aClaim()] });
    const over = anAccess({
      service: { id: 'service-old', name: 'Old' },
      claims: [
        aClaim({ state: ended }),
        aClaim({ request: 'R-0000000C', slack: 'U0BEN', state: failed }),
      ],
    });
    const empty = anAccess({ service: { id: 'service-none', name: 'None' } });

    beforeEach(() => store.commit({ accesses: [ben, lena, lenaOnEpic, lenaBefore, over, empty] }));

    it('of a person, whichever Onezone user it was given to, and none that is over', async () => {
      expect(await store.accesses.ofPerson('U0LENA')).toEqual([lena, lenaBefore, lenaOnEpic]);
      expect(await store.accesses.ofPerson('U0BEN')).toEqual([ben]);
      expect(await store.accesses.ofPerson('U0ANNA')).toEqual([]);
    });

    it('of a service', async () => {
      expect(await store.accesses.ofService(DATACITE.id)).toEqual([ben, lena, lenaBefore]);
      expect(await store.accesses.ofService('service-epic')).toEqual([lenaOnEpic]);
      expect(await store.accesses.ofService('service-old')).toEqual([]);
    });

    it('once, however many claims somebody has', async () => {
      const two = [aClaim(), aClaim({ request: 'R-0000000D' })];
      await store.commit({ accesses: [{ ...lena, version: 2, claims: two }] });

      expect(await store.accesses.ofPerson('U0LENA')).toHaveLength(3);
    });

    it('no more once those are over, without a change to anybody else’s', async () => {
      const claims = lena.claims.map((claim) => ({ ...claim, state: ended }));
      const next = { ...lena, version: 2, claims };
      await store.commit({ accesses: [next] });

      expect(await store.accesses.ofPerson('U0LENA')).toEqual([lenaBefore, lenaOnEpic]);
      expect(await store.accesses.ofService(DATACITE.id)).toEqual([ben, lenaBefore]);
      expect(await store.accesses.load(KEY)).toEqual(next);
    });

    it('no more once they are forgotten', async () => {
      await store.commit({ accesses: [{ ...lena, version: 2, claims: [] }] });

      expect(await store.accesses.ofPerson('U0LENA')).toEqual([lenaBefore, lenaOnEpic]);
      expect(await count(`claims where onezone = 'onezone-lena'`)).toBe(3);
    });
  });

  it('that cannot be read name themselves, and none of their content', async () => {
    await store.commit({ accesses: [anAccess()] });
    const doc = JSON.stringify({ schema: 2, ...anAccess(), version: 'secret' });
    await database.raw(`update accesses set doc = '${doc}'`);

    await expect(store.accesses.load(KEY)).rejects.toThrow(
      new Error(
        'Access service-datacite onezone-lena cannot be read from the store: version: Invalid input: expected number, received string',
      ),
    );
  });

  describe('written with a step of a request', () => {
    const writes = { accesses: [anAccess({ claims: [aClaim()] })], links: [aLink()] };
    const nothing = async () => ({
      request: await store.requests.load('R-0000000A'),
      access: await store.accesses.load(KEY),
      link: await store.links.ofSlack('U0LENA'),
      rows: [await count('audit'), await count('jobs'), await count('claims')],
    });

    it('are written with it', async () => {
      await store.requests.commit(aStep(aGrant()), {
        ...writes,
        entries: [anEntry({ what: 'linked' })],
        jobs: [aJob({ key: 'besides' })],
      });

      expect(await nothing()).toEqual({
        request: aGrant(),
        access: writes.accesses[0],
        link: aLink(),
        rows: [2, 1, 1],
      });
      expect((await store.audit.read({ after: 0, limit: 9 })).map(({ what }) => what)).toEqual([
        'asked',
        'linked',
      ]);
    });

    it('roll everything back where one of them was moved meanwhile', async () => {
      const step = aStep(aGrant(), { jobs: [aJob()] });
      const late = { ...writes, accesses: [...writes.accesses, anAccess({ version: 7 })] };

      await expect(store.requests.commit(step, late)).rejects.toThrow(overtaken);

      expect(await nothing()).toEqual({ request: null, access: null, link: null, rows: [0, 0, 0] });
    });

    it('roll everything back where a Onezone user is somebody else’s by now', async () => {
      await store.links.put(aLink({ slack: 'U0BEN' }), anEntry({ what: 'linked' }));
      const step = aStep(aGrant(), { jobs: [aJob()] });

      await expect(store.requests.commit(step, writes)).rejects.toThrow(
        refusals.linkTaken('<@U0BEN>'),
      );

      expect(await nothing()).toEqual({ request: null, access: null, link: null, rows: [1, 0, 0] });
    });

    it('stay as they were where the request was moved meanwhile', async () => {
      await store.requests.commit(aStep(aGrant()));
      await store.requests.commit(aStep(aGrant({ version: 2 })));

      await expect(store.requests.commit(aStep(aGrant({ version: 2 })), writes)).rejects.toThrow(
        refusals.someoneElseJustDecided('R-0000000A'),
      );

      expect(await store.accesses.load(KEY)).toBeNull();
    });

    it('are not written by a redelivery', async () => {
      await store.requests.commit(aStep(aGrant()));
      await store.requests.commit(aStep(aGrant()), writes);

      expect(await store.accesses.load(KEY)).toBeNull();
      expect(await store.links.ofSlack('U0LENA')).toBeNull();
    });
  });
});
