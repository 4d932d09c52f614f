import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import type { GrantRequest, Outcome } from '../../src/requests/request.js';
import { IdTaken } from '../../src/store/id-taken.js';
import type { RequestFilter, Store } from '../../src/store/store.js';
import {
  aBeneficiary,
  aGrant,
  aJob,
  anEntry,
  aRegistration,
  aStep,
  after,
  NOW,
} from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const active: Outcome = {
  kind: 'active',
  receipt: { membership: true, privileges: ['handle_service_view'] },
  has: ['handle_service_view'],
  at: NOW,
};

describe.each(engines)('requests on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const count = async (table: string): Promise<number> =>
    (await database.raw(`select 1 from ${table}`)).length;

  describe('commit', () => {
    it('stores a request as it is, with its dates', async () => {
      const grant = aGrant({ people: [aBeneficiary({ outcome: active })], end: after(60) });

      expect(await store.requests.commit(aStep(grant))).toEqual(grant);

      expect(await store.requests.load(grant.id)).toEqual(grant);
    });

    it('stores what PostgreSQL cannot hold as text', async () => {
      const grant = aGrant();
      const odd = { ...grant, ask: { ...grant.ask, reason: 'NUL \0, half a pair \ud800, 😀' } };

      await store.requests.commit(aStep(odd));

      expect(await store.requests.load(odd.id)).toEqual(odd);
    });

    it('writes the audit line and the jobs with the request', async () => {
      const grant = aGrant();
      const entry = { people: ['U0LENA'], detail: { reason: 'survey' } };
      await store.requests.commit(aStep(grant, { entry, jobs: [aJob({ request: grant.id })] }));

      expect(await store.audit.read({ after: 0, limit: 10 })).toEqual([
        expect.objectContaining({ ...anEntry({ request: grant.id, ...entry }), seq: 1 }),
      ]);
      expect(await claimed()).toEqual([expect.objectContaining({ request: grant.id })]);
    });

    it('moves a request on, version by version', async () => {
      await store.requests.commit(aStep(aGrant()));
      const next = aGrant({ version: 2, status: 'withdrawn' });

      await store.requests.commit(aStep(next));

      expect(await store.requests.load(next.id)).toEqual(next);
    });

    it('refuses a step that skips a version', async () => {
      await store.requests.commit(aStep(aGrant()));

      await expect(store.requests.commit(aStep(aGrant({ version: 3 })))).rejects.toThrow(
        refusals.someoneElseJustDecided('R-0000000A'),
      );
    });

    it('refuses to move a request that there is not', async () => {
      await expect(store.requests.commit(aStep(aGrant({ version: 2 })))).rejects.toThrow(
        refusals.unknownRequest('R-0000000A'),
      );
      expect(await count('audit')).toBe(0);
    });

    it('lets exactly one of two win who move the same version, and writes nothing of the other', async () => {
      const other = await database.open();
      await store.requests.commit(aStep(aGrant()));
      const steps = ['U0ANNA', 'U0BEN'].map((who) =>
        aStep(aGrant({ version: 2, status: 'denied' }), {
          entry: { who, what: 'denied' },
          jobs: [aJob({ key: `tell:${who}` })],
        }),
      );

      const ends = await Promise.allSettled([
        ...steps.map((it) => store.requests.commit(it)),
        ...steps.map((it) => other.requests.commit(it)),
      ]);

      const lost = ends.filter((it) => it.status === 'rejected').map((it): unknown => it.reason);
      expect(lost).toEqual(Array(3).fill(refusals.someoneElseJustDecided('R-0000000A')));
      const lines = await store.audit.read({ after: 1, limit: 10 });
      expect(lines).toHaveLength(1);
      const jobs = await claimed();
      expect(jobs.map((it) => it.key)).toEqual([`tell:${lines[0]?.who ?? ''}`]);
    });

    it('answers a redelivery with the request as it stands now, and writes nothing', async () => {
      await store.requests.commit(aStep(aGrant()));
      const now = aGrant({ version: 2, status: 'withdrawn' });
      await store.requests.commit(aStep(now));

      expect(await store.requests.commit(aStep(aGrant(), { jobs: [aJob()] }))).toEqual(now);

      expect([await count('audit'), await count('jobs')]).toEqual([2, 0]);
    });

    it('stores one of many deliveries of the same request that come at once to two replicas', async () => {
      const other = await database.open();
      const step = aStep(aGrant(), { jobs: [aJob()] });

      const all = await Promise.all(
        [store, other, store, other].map((it) => it.requests.commit(step)),
      );

      expect(all).toEqual(Array(4).fill(aGrant()));
      expect([await count('audit'), await count('jobs')]).toEqual([1, 1]);
    });

    it('tells the id of another request from a redelivery', async () => {
      await store.requests.commit(aStep(aGrant()));

      await expect(store.requests.commit(aStep(aGrant({ delivery: 'trigger-9' })))).rejects.toThrow(
        new IdTaken('R-0000000A'),
      );
      expect(await store.requests.load('R-0000000A')).toEqual(aGrant());
    });

    it('leaves nothing behind when its last statement fails', async () => {
      await database.raw('drop table jobs');

      await expect(store.requests.commit(aStep(aGrant(), { jobs: [aJob()] }))).rejects.toThrow(
        /jobs/,
      );

      expect(await store.requests.load('R-0000000A')).toBeNull();
      expect([await count('audit'), await count('grants')]).toEqual([0, 0]);
      expect(await store.audit.verify()).toMatchObject({ lines: 0, brokenAt: null });
    });

    it('holds a second lock: one audit line for each version', async () => {
      await store.requests.commit(aStep(aGrant()));
      await store.requests.commit(aStep(aGrant({ version: 2 })));
      await database.raw('update requests set version = 1');

      await expect(store.requests.commit(aStep(aGrant({ version: 2 })))).rejects.toThrow(
        /audit.*request/,
      );
    });
  });

  describe('load', () => {
    it('is null for an id that nobody used', async () => {
      expect(await store.requests.load('R-0000000A')).toBeNull();
    });

    it('names the request whose row cannot be read, and none of its content', async () => {
      const odd = JSON.stringify({ ...aRegistration(), version: 'secret' });
      await store.requests.commit(aStep(aRegistration()));
      await database.raw(`update requests set doc = '${odd}'`);

      await expect(store.requests.load('R-0000000B')).rejects.toThrow(
        new Error(
          'Request R-0000000B cannot be read from the store: version: Invalid input: expected number, received string',
        ),
      );
    });

    it('says so when a row is no JSON', async () => {
      await store.requests.commit(aStep(aRegistration()));
      await database.raw(`update requests set doc = 'broken'`);

      await expect(store.requests.load('R-0000000B')).rejects.toThrow(
        new Error('Request R-0000000B cannot be read from the store: not JSON'),
      );
    });
  });

  describe('find', () => {
    const ids = async (filter: RequestFilter): Promise<readonly string[]> =>
      (await store.requests.find(filter)).map((it) => it.id);
    const add = (said: Partial<GrantRequest>) => store.requests.commit(aStep(aGrant(said)));

    beforeEach(async () => {
      await add({ id: 'R-00000001', requester: 'U0ANNA' });
      await add({ id: 'R-00000002', askedAt: after(2), status: 'done' });
      await add({
        id: 'R-00000003',
        askedAt: after(1),
        status: 'done',
        service: { id: 'service-epic', name: 'ePIC' },
        people: [
          aBeneficiary({ slack: 'U0BEN', outcome: active }),
          aBeneficiary({ slack: 'U0ANNA', outcome: { kind: 'failed', why: 'No.', next: 'Ask.' } }),
        ],
      });
      await store.requests.commit(aStep(aRegistration({ id: 'R-00000004', askedAt: after(-1) })));
    });

    it('is everything without a condition, newest first', async () => {
      expect(await ids({})).toEqual(['R-00000002', 'R-00000003', 'R-00000001', 'R-00000004']);
    });

    it.each<[string, RequestFilter, readonly string[]]>([
      ['requester', { requester: 'U0ANNA' }, ['R-00000001']],
      ['beneficiary', { beneficiary: 'U0ANNA' }, ['R-00000003']],
      ['one status', { status: ['done'] }, ['R-00000002', 'R-00000003']],
      ['two statuses', { status: ['pending', 'done'], limit: 2 }, ['R-00000002', 'R-00000003']],
      ['no status at all', { status: [] }, []],
      ['service', { service: 'service-epic' }, ['R-00000003']],
      ['access that someone has', { active: true }, ['R-00000003']],
      ['access that this person has', { active: true, beneficiary: 'U0BEN' }, ['R-00000003']],
      ['access that only another person has', { active: true, beneficiary: 'U0ANNA' }, []],
      [
        'all at once',
        { status: ['pending'], requester: 'U0ANNA', beneficiary: 'U0LENA' },
        ['R-00000001'],
      ],
      ['limit', { limit: 1 }, ['R-00000002']],
    ])('keeps to a condition: %s', async (_, filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
    });

    it('follows beneficiaries as their access begins and ends', async () => {
      const people = (outcome: Outcome) => [aBeneficiary({ outcome })];
      const receipt = { membership: true, privileges: [] };
      const mine = () => ids({ beneficiary: 'U0LENA', active: true });
      const move = (version: number, outcome: Outcome) =>
        add({ id: 'R-00000001', requester: 'U0ANNA', version, people: people(outcome) });

      await move(2, active);
      expect(await mine()).toEqual(['R-00000001']);
      await move(3, { kind: 'ending', receipt });
      expect(await mine()).toEqual(['R-00000001']);
      await move(4, { kind: 'ended', at: NOW, left: 'nothing' });
      expect(await mine()).toEqual([]);
    });
  });

  const claimed = () => store.jobs.claim({ now: after(1), until: after(2), limit: 100 });
});
