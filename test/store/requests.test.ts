import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { refusals } from '../../src/errors.js';
import type { Outcome, Request } from '../../src/requests/request.js';
import { IdTaken } from '../../src/store/id-taken.js';
import type { RequestFilter, Store } from '../../src/store/store.js';
import {
  aGrant,
  aGrantAsk,
  aJob,
  anEntry,
  aRegistration,
  aStep,
  aSubject,
  after,
  NOW,
} from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const Row = z.object({ doc: z.string() });

const done: Outcome = {
  kind: 'done',
  at: NOW,
  has: ['handle_service_view'],
  added: ['handle_service_view'],
};
const ended: Outcome = { kind: 'ended', at: NOW, due: NOW, by: 'R-0000000C', left: 'nothing' };

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
      const grant = aGrant({
        subjects: [
          aSubject({ outcome: done }),
          aSubject({ slack: 'U0BEN', identity: null, before: ['view'], outcome: ended }),
        ],
        lapsesAt: after(60),
      });

      expect(await store.requests.commit(aStep(grant))).toEqual(grant);

      expect(await store.requests.load(grant.id)).toEqual(grant);
    });

    it('stores what PostgreSQL cannot hold as text', async () => {
      const text = 'NUL \0, half a pair \ud800, 😀';
      const odd = aGrant({ reason: text, ask: { ...aGrantAsk(), text }, body: { text } });

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
          jobs: [aJob({ key: `notify:${who}` })],
        }),
      );

      const ends = await Promise.allSettled([
        ...steps.map((step) => store.requests.commit(step)),
        ...steps.map((step) => other.requests.commit(step)),
      ]);

      const lost = ends
        .filter((end) => end.status === 'rejected')
        .map((end): unknown => end.reason);
      expect(lost).toEqual(Array(3).fill(refusals.someoneElseJustDecided('R-0000000A')));
      const lines = await store.audit.read({ after: 1, limit: 10 });
      expect(lines).toHaveLength(1);
      const jobs = await claimed();
      expect(jobs.map(({ key }) => key)).toEqual([`notify:${lines[0]?.who ?? ''}`]);
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
        [store, other, store, other].map((replica) => replica.requests.commit(step)),
      );

      expect(all).toEqual(Array(4).fill(aGrant()));
      expect([await count('audit'), await count('jobs')]).toEqual([1, 1]);
    });

    it('tells the id of another request from a redelivery', async () => {
      await store.requests.commit(aStep(aGrant()));

      await expect(
        store.requests.commit(aStep(aGrant({ idempotencyKey: 'trigger-9' }))),
      ).rejects.toThrow(new IdTaken('R-0000000A'));
      expect(await store.requests.load('R-0000000A')).toEqual(aGrant());
    });

    it('leaves nothing behind when its last statement fails', async () => {
      await database.raw('drop table jobs');

      await expect(store.requests.commit(aStep(aGrant(), { jobs: [aJob()] }))).rejects.toThrow(
        /jobs/,
      );

      expect(await store.requests.load('R-0000000A')).toBeNull();
      expect([await count('audit'), await count('subjects')]).toEqual([0, 0]);
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
      const odd = JSON.stringify({ schema: 2, ...aRegistration(), version: 'secret' });
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
      (await store.requests.find(filter)).map(({ id }) => id);
    const add = (said: Partial<Request>) => store.requests.commit(aStep(aGrant(said)));

    beforeEach(async () => {
      await add({ id: 'R-00000001', requester: 'U0ANNA' });
      await add({ id: 'R-00000002', askedAt: after(2), status: 'done' });
      await add({
        id: 'R-00000003',
        askedAt: after(1),
        status: 'done',
        service: { id: 'service-epic', name: 'ePIC' },
        subjects: [aSubject({ slack: 'U0BEN', outcome: done }), aSubject({ slack: 'U0ANNA' })],
      });
      await store.requests.commit(aStep(aRegistration({ id: 'R-00000004', askedAt: after(-1) })));
    });

    it('is everything without a condition, newest first', async () => {
      expect(await ids({})).toEqual(['R-00000002', 'R-00000003', 'R-00000001', 'R-00000004']);
    });

    it.each<[string, RequestFilter, readonly string[]]>([
      ['requester', { requester: 'U0ANNA' }, ['R-00000001']],
      ['a person whom it is about', { subject: 'U0ANNA' }, ['R-00000003']],
      ['one status', { status: ['done'] }, ['R-00000002', 'R-00000003']],
      ['two statuses', { status: ['pending', 'done'], limit: 2 }, ['R-00000002', 'R-00000003']],
      ['no status at all', { status: [] }, []],
      ['service', { service: 'service-epic' }, ['R-00000003']],
      ['service and status', { service: 'service-epic', status: ['pending'] }, []],
      [
        'all at once',
        { status: ['pending'], requester: 'U0ANNA', subject: 'U0LENA' },
        ['R-00000001'],
      ],
      ['limit', { limit: 1 }, ['R-00000002']],
    ])('keeps to a condition: %s', async (_, filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
    });

    it('finds whom it was about also when their part is over', async () => {
      await add({
        id: 'R-00000001',
        version: 2,
        requester: 'U0ANNA',
        subjects: [aSubject({ outcome: ended })],
      });

      expect(await ids({ subject: 'U0LENA', requester: 'U0ANNA' })).toEqual(['R-00000001']);
    });
  });

  describe('a document that cannot be read', () => {
    const broken = async (id: string, doc: string): Promise<void> => {
      await database.raw(`update requests set doc = '${doc}' where id = '${id}'`);
    };

    beforeEach(async () => {
      await store.requests.commit(aStep(aGrant()));
      await store.requests.commit(aStep(aRegistration()));
    });

    it('is not the end of everybody’s list, and told of once', async () => {
      const lines: unknown[] = [];
      const log = { error: (...line: readonly unknown[]) => lines.push(line) };
      const other = await database.open({
        log: { ...log, info: () => undefined, warn: () => undefined },
      });
      expect(other.requests.unreadable()).toEqual([]);
      await broken('R-0000000A', 'broken');

      expect(await other.requests.find({})).toEqual([aRegistration()]);
      expect(await other.requests.find({ subject: 'U0LENA' })).toEqual([]);

      expect(other.requests.unreadable()).toEqual(['R-0000000A']);
      expect(lines).toEqual([
        [
          {
            err: new Error('Request R-0000000A cannot be read from the store: not JSON'),
            request: 'R-0000000A',
          },
          'a stored request cannot be read',
        ],
      ]);
    });

    it('is told of by its id where several are broken', async () => {
      await broken('R-0000000A', '[]');
      await broken('R-0000000B', '{}');

      expect(await store.requests.find({})).toEqual([]);
      expect([...store.requests.unreadable()].sort()).toEqual(['R-0000000A', 'R-0000000B']);
    });

    it.each([
      ['of a newer program', 3],
      ['of an older one, which a migration should have brought up', 1],
    ])('may be one %s', async (_whose, schema) => {
      await broken('R-0000000A', JSON.stringify({ ...aGrant(), schema }));

      await expect(store.requests.load('R-0000000A')).rejects.toThrow(
        new Error(
          'Request R-0000000A cannot be read from the store: schema: Invalid input: expected 2',
        ),
      );
    });
  });

  it('carry the version of their document', async () => {
    await store.requests.commit(aStep(aGrant()));

    const [row] = await database.raw('select doc from requests');
    expect(JSON.parse(Row.parse(row).doc)).toMatchObject({ schema: 2, id: 'R-0000000A' });
  });

  const claimed = () => store.jobs.claim({ now: after(1), until: after(2), limit: 100 });
});
