import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { GrantAsk, GrantBody } from '../../src/changes/grant/ask.js';
import { RegisterAsk, RegisterBody } from '../../src/changes/register/ask.js';
import type { Claim } from '../../src/access/access.js';
import type { Request, Status } from '../../src/requests/request.js';
import type { Store } from '../../src/store/store.js';
import { MAINTAIN, REGISTER_HANDLE, USE, VIEW } from '../access/words.js';
import { engines, type TestDatabase } from './databases.js';
import { facts, loadReleased } from './released.js';

const JobRow = z.object({
  name: z.string(),
  key: z.string(),
  queue: z.string(),
  request: z.string().nullable(),
  payload: z.string().transform((text): unknown => JSON.parse(text)),
  state: z.string(),
  due_at: z.string(),
  retries: z.number(),
});

/** What an outcome of version 0.1.0 is called now. */
const KINDS: Readonly<Record<string, string>> = {
  waiting: 'waiting',
  active: 'done',
  failed: 'failed',
  unclear: 'unclear',
  ending: 'ending',
  ended: 'ended',
};

describe.each(engines)('a database of version 0.1.0 on $name', ({ create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
    await loadReleased(database);
  });
  afterEach(() => database.drop());

  const named = (scenario: string): string => {
    const found = facts.requests.find((request) => request.scenario === scenario);
    if (found === undefined) throw new Error(`no request “${scenario}”`);
    return found.id;
  };
  const request = async (store: Store, scenario: string): Promise<Request> => {
    const found = await store.requests.load(named(scenario));
    if (found === null) throw new Error(`“${scenario}” is gone`);
    return found;
  };
  const jobs = async (where = '1 = 1') =>
    z.array(JobRow).parse(await database.raw(`select * from jobs where ${where} order by id`));

  describe('keeps its requests', () => {
    let store: Store;
    beforeEach(async () => {
      store = await database.open();
    });

    it('and its links, with those that the audit tells of', async () => {
      const all = await Promise.all(['U0P01', 'U0TOM'].map((slack) => store.links.history(slack)));
      expect(all.map((links) => links.map(({ by, how, until }) => ({ by, how, until })))).toEqual([
        [{ by: 'U0CORA', how: 'by hand', until: null }],
        [{ by: 'U0CORA', how: 'by approval', until: null }],
      ]);
    });

    it('all of them, with their statuses and what has become of their people', async () => {
      const all = await store.requests.find({ limit: 1000 });
      expect(store.requests.unreadable()).toEqual([]);
      const shown = all.map(({ id, change, status, service, subjects }) => ({
        id,
        change,
        status,
        service: service?.id ?? null,
        outcomes: Object.fromEntries(subjects.map(({ slack, outcome }) => [slack, outcome.kind])),
      }));
      const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
      expect(shown.sort(byId)).toEqual(
        facts.requests
          .map(({ id, change, status, service, outcomes }) => ({
            id,
            change,
            status,
            service,
            outcomes: Object.fromEntries(
              Object.entries(outcomes).map(([slack, kind]) => [slack, KINDS[kind]]),
            ),
          }))
          .sort(byId),
      );
    });

    it('in words that their changes still read', async () => {
      for (const { ask, body, change, action, lane } of await store.requests.find({})) {
        const [readAsk, readBody] =
          change === 'grant' ? [GrantAsk, GrantBody] : [RegisterAsk, RegisterBody];
        expect(readAsk.safeParse(ask).error).toBeUndefined();
        expect(readBody.safeParse(body).error).toBeUndefined();
        expect(ask).not.toHaveProperty('reason');
        expect({ action, lane }).toEqual({
          action: change,
          lane: change === 'grant' ? null : 'register',
        });
      }
    });

    it('each whole: a grant', async () => {
      expect(await request(store, 'active, member before')).toEqual({
        id: 'R-MZ2EYE2H',
        version: 5,
        idempotencyKey: 'V0000007S',
        change: 'grant',
        action: 'grant',
        lane: null,
        status: 'done',
        requester: 'U0TOM',
        askedAt: new Date('2026-12-03T22:23:30.246Z'),
        reason: 'Until the project is over',
        service: { id: facts.services['Member before']?.id, name: 'Member before' },
        subjects: [
          {
            slack: 'U0TOM',
            identity: {
              onezone: facts.onezoneIds['tom'],
              name: 'tom of Onezone',
              username: 'tom',
              by: 'linked',
            },
            before: ['handle_service_list_handles', VIEW],
            outcome: {
              kind: 'done',
              at: new Date('2026-12-03T22:23:30.305Z'),
              has: ['handle_service_list_handles', REGISTER_HANDLE, VIEW],
              added: [REGISTER_HANDLE],
            },
          },
        ],
        ask: {
          service: facts.services['Member before']?.id,
          people: ['U0TOM'],
          level: 'use',
          until: { on: '2027-02-01' },
        },
        body: { end: '2027-02-01T23:59:59.999Z' },
        approval: { count: 1, by: ['curator', 'admin'], rule: 'actions.grant.approve' },
        decisions: [
          {
            by: 'U0CEM',
            onezone: facts.onezoneIds['cem'],
            verdict: 'approve',
            effect: '6c169cb73878',
            comment: '',
            at: new Date('2026-12-03T22:23:30.287Z'),
          },
        ],
        effect: '6c169cb73878',
        lapsesAt: new Date('2026-12-10T22:23:30.246Z'),
        surfaces: [{ message: 'approval', to: 'C0DESK' }],
        postponed: false,
        startedAt: new Date('2026-12-03T22:23:30.294Z'),
        trouble: null,
      });
    });

    it('each whole: what ended, what failed, what waits for Onezone', async () => {
      const [ended, failed, kept] = await Promise.all(
        ['ended', 'failed', 'approved, kept'].map((scenario) => request(store, scenario)),
      );
      expect(ended?.subjects[0]?.outcome).toEqual({
        kind: 'ended',
        at: new Date('2026-12-03T22:23:30.078Z'),
        due: new Date('2026-12-03T21:53:29.952Z'),
        left: 'nothing',
      });
      expect(failed).toMatchObject({
        trouble: { supportId: 'F62341FFC8' },
        subjects: [
          {
            outcome: {
              kind: 'failed',
              why: 'The Onezone user of <@U0P05> no longer exists.',
              next: 'Renew the link with `/handle link` <@U0P05>, then ask again.',
            },
          },
        ],
      });
      expect(kept).toMatchObject({ postponed: true, trouble: { supportId: 'D103F7FA96' } });
    });

    it('each whole: a registration that waits, and one that is done', async () => {
      expect(await request(store, 'registration, pending')).toMatchObject({
        service: { id: null, name: 'ePIC of MyCommunity' },
        reason: 'The library has bought a prefix',
        subjects: [],
        body: { servicesBefore: null, attempts: 0 },
      });
      expect(await request(store, 'registration, done')).toMatchObject({
        service: { name: 'MyCommunity Handle service' },
        reason: '',
        body: { servicesBefore: null, attempts: 1 },
      });
    });

    it('found by the people whom they are about', async () => {
      const about = await store.requests.find({ subject: 'U0P01' });
      expect(about.map(({ id }) => id)).toEqual([named('approved, kept'), named('ended')]);
    });

    it('and moves them on', async () => {
      const pending = await request(store, 'pending');
      const next: Request = { ...pending, version: pending.version + 1, status: 'withdrawn' };
      await store.requests.commit({
        request: next,
        entry: {
          at: new Date(facts.now),
          who: 'U0LENA',
          what: 'withdrawn',
          request: next.id,
          service: next.service,
          people: [],
          detail: {},
        },
        jobs: [],
      });
      expect(await store.requests.load(next.id)).toEqual(next);
    });
  });

  describe('gets an access for each live part of a grant', () => {
    let store: Store;
    beforeEach(async () => {
      store = await database.open();
    });

    const accessIn = async (name: string, who: string) => {
      const service = facts.services[name]?.id ?? '';
      return store.accesses.load({ service, onezone: facts.onezoneIds[who] ?? '' });
    };
    const claim = (said: Partial<Omit<Claim, 'since' | 'until'>> & object) =>
      expect.objectContaining({ lost: [], dropped: null, touches: [], warned: 0, ...said });
    const given = (at: string, added: readonly string[]) => ({
      kind: 'given' as const,
      at: new Date(at),
      added: [...added],
    });

    it.each<[string, string, object]>([
      [
        'With an end',
        'tom',
        {
          baseline: null,
          applied: { privileges: USE, at: new Date('2026-12-03T22:23:30.202Z') },
          claims: [
            claim({
              request: 'R-JWQBBGW9',
              slack: 'U0TOM',
              level: 'use',
              state: given('2026-12-03T22:23:30.213Z', USE),
            }),
          ],
        },
      ],
      [
        'Member before',
        'tom',
        {
          baseline: ['handle_service_list_handles', VIEW],
          applied: {
            privileges: ['handle_service_list_handles', REGISTER_HANDLE, VIEW],
            at: new Date('2026-12-03T22:23:30.294Z'),
          },
          claims: [
            claim({
              request: 'R-MZ2EYE2H',
              state: given('2026-12-03T22:23:30.305Z', [REGISTER_HANDLE]),
            }),
          ],
        },
      ],
      [
        'Overlapping',
        'tom',
        {
          baseline: null,
          applied: { privileges: MAINTAIN, at: new Date('2026-12-03T22:23:30.366Z') },
          claims: [
            claim({
              request: 'R-MH7CQ96Z',
              level: 'maintain',
              state: given('2026-12-03T22:23:30.374Z', MAINTAIN),
            }),
            claim({
              request: 'R-7Y1WNPH9',
              level: 'use',
              state: given('2026-12-03T22:33:30.474Z', []),
            }),
          ],
        },
      ],
      [
        'Ending',
        'p02',
        {
          baseline: null,
          applied: { privileges: USE, at: new Date('2026-12-03T15:53:30.037Z') },
          claims: [
            claim({
              request: 'R-CTKYZFH8',
              slack: 'U0P02',
              state: given('2026-12-03T15:53:30.037Z', USE),
            }),
          ],
        },
      ],
      [
        'Unclear',
        'p06',
        {
          baseline: null,
          applied: { privileges: [VIEW], at: new Date('2026-12-03T22:33:30.623Z') },
          claims: [
            claim({
              request: 'R-KKX3ZQ8N',
              lost: [REGISTER_HANDLE],
              state: { kind: 'unclear', saw: VIEW },
            }),
          ],
        },
      ],
      [
        'Half given',
        'p04',
        {
          baseline: null,
          applied: { privileges: null, at: new Date('2026-12-03T23:23:31.075Z') },
          writing: { to: USE },
          claims: [claim({ request: 'R-HC3W96DZ', slack: 'U0P04', state: { kind: 'wanted' } })],
        },
      ],
    ])('on “%s” for %s', async (name, who, expected) => {
      expect(await accessIn(name, who)).toEqual({
        service: { id: facts.services[name]?.id, name },
        onezone: facts.onezoneIds[who],
        version: 1,
        joined: [],
        writing: null,
        ...expected,
      });
    });

    it('with the beginning and the end of the grant', async () => {
      const [first, second] = (await accessIn('Overlapping', 'tom'))?.claims ?? [];
      expect([first?.since, first?.until]).toEqual([
        new Date('2026-12-03T22:23:30.366Z'),
        new Date('2027-03-03T22:23:30.366Z'),
      ]);
      expect(second?.until).toEqual(new Date('2027-12-03T22:33:30.466Z'));
      expect((await accessIn('Permanent', 'gwen'))?.claims[0]?.until).toBeNull();
    });

    it('and for no other, and each shows what the zone shows', async () => {
      const all = await Promise.all(
        Object.values(facts.services).map(({ id }) => store.accesses.ofService(id)),
      );
      const applied = all
        .flat()
        .map(({ service, onezone, applied: seen }) => [service.name, onezone, seen?.privileges]);
      const inZone = Object.entries(facts.services).flatMap(([name, { users }]) =>
        Object.entries(users).map(([user, privileges]) => [name, user, privileges]),
      );
      const notArrived = ['Half given', facts.onezoneIds['p04'], null];
      expect(applied.map(String).sort()).toEqual([...inZone, notArrived].map(String).sort());
    });

    it('found by whom it was asked for', async () => {
      const tom = await store.accesses.ofPerson('U0TOM');
      expect(tom.map(({ service }) => service.name).sort()).toEqual([
        'Member before',
        'Overlapping',
        'With an end',
      ]);
    });
  });

  it('looks at each access once, which sets its clock, and has no ends of their own', async () => {
    const before = await jobs(`name <> 'end'`);
    const store = await database.open();
    const after = await jobs();
    const all = await Promise.all(
      Object.values(facts.services).map(({ id }) => store.accesses.ofService(id)),
    );
    const looks = after.filter(({ name }) => name === 'reconcile');
    const keys = all.flat().map(({ service, onezone }) => ({ service: service.id, onezone }));
    expect(after.filter(({ name }) => name !== 'reconcile')).toEqual(before);
    expect(new Set(looks.map(({ payload }) => JSON.stringify(payload)))).toEqual(
      new Set(keys.map((key) => JSON.stringify(key))),
    );
    expect(looks).toHaveLength(8);
    for (const { payload, ...job } of looks) {
      const { service, onezone } = z
        .object({ service: z.string(), onezone: z.string() })
        .parse(payload);
      expect(job).toMatchObject({
        key: `reconcile:${service}:${onezone}`,
        queue: `lane access:${service}:${onezone}`,
        request: null,
        state: 'waiting',
        retries: 0,
      });
    }
  });

  it('hands out the looks as the bot would ask for them', async () => {
    const store = await database.open();
    const now = new Date(Date.now() + 60_000);
    const until = new Date(now.getTime() + 60_000);
    const claimed = await store.jobs.claim({ now, until, limit: 100 });
    expect(claimed.filter(({ name }) => name === 'reconcile')).toHaveLength(8);
  });

  it('still knows its messages, links and audit', async () => {
    const before = await database.raw('select key, channel, ts, hash from posts order by ts, key');
    const lines = await database.raw('select seq, request, version, line, hash from audit');
    const store = await database.open();

    const Post = z.object({ key: z.string(), channel: z.string(), ts: z.string() }).loose();
    expect(await database.raw('select key, channel, ts, hash from posts order by ts, key')).toEqual(
      z
        .array(Post)
        .parse(before)
        .map((post) => ({ ...post, key: post.key.replace(/^tell:/, 'notify:') })),
    );
    expect(await store.posts.get('notify:R-8EN1KDF8:welcome:U0P01:U0P01')).toMatchObject({
      channel: 'D0000003E',
    });
    expect(await database.raw('select seq, request, version, line, hash from audit')).toEqual(
      lines,
    );
    expect(await store.audit.verify()).toMatchObject({ lines: 79, brokenAt: null });
    for (const [slack, link] of Object.entries(facts.links)) {
      expect(await store.links.ofSlack(slack)).toMatchObject(link);
    }
  });

  it('is moved once, and is the same when it is opened again', async () => {
    await (await database.open()).close();
    const once = await jobs();
    const store = await database.open();
    expect(await jobs()).toEqual(once);
    expect(await store.requests.find({ limit: 1000 })).toHaveLength(18);
  });

  describe('with what the sample does not have', () => {
    const insert = (table: string, row: Readonly<Record<string, string | number | null>>) => {
      const values = Object.values(row).map((value) =>
        typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value),
      );
      const columns = Object.keys(row).map((column) => `"${column}"`);
      return database.raw(
        `insert into ${table} (${columns.join(', ')}) values (${values.join(', ')})`,
      );
    };

    const common = {
      version: 4,
      delivery: 'V1',
      requester: 'U0ADA',
      askedAt: '2026-12-03T20:00:00.000Z',
      approval: null,
      decisions: [],
      effect: null,
      lapsesAt: '2026-12-10T20:00:00.000Z',
      surfaces: [{ what: 'approval', to: 'C0DESK' }],
      toldOfOutage: false,
      startedAt: '2026-12-03T20:00:01.000Z',
      trouble: null,
    };

    const insertRequest = (
      said: Readonly<Record<string, unknown>> & {
        readonly id: string;
        readonly change: string;
        readonly status: Status;
      },
    ) =>
      insert('requests', {
        id: said.id,
        version: 4,
        change: said.change,
        status: said.status,
        requester: 'U0ADA',
        service_id: null,
        asked_at: common.askedAt,
        active: 0,
        doc: JSON.stringify({ ...common, ...said }),
      });

    const aTold = (key: string, payload: Readonly<Record<string, string>>, lane = 'tell:C0DESK') =>
      insert('jobs', {
        name: 'tell',
        key,
        queue: `lane ${lane}`,
        request: 'R-DWM90QAX',
        payload: JSON.stringify(payload),
        state: 'waiting',
        due_at: '2026-12-03T20:00:02.000Z',
        since: '2026-12-03T20:00:02.000Z',
      });

    it('goes on with a registration that was under way', async () => {
      await insertRequest({
        id: 'R-0000REG1',
        change: 'register',
        status: 'carrying out',
        ask: {
          name: 'New',
          registrar: 'DOI',
          proxyEndpoint: 'https://p',
          account: 'a',
          properties: {},
          reason: '',
        },
        service: null,
        servicesBefore: ['one', 'two'],
        attempts: 2,
      });
      const store = await database.open();
      expect(await store.requests.load('R-0000REG1')).toMatchObject({
        status: 'carrying out',
        lane: 'register',
        startedAt: new Date('2026-12-03T20:00:01.000Z'),
        service: { id: null, name: 'New' },
        body: { servicesBefore: ['one', 'two'], attempts: 2 },
      });
    });

    const aPerson = (onezone: string | null, outcome: object, before: string[] | null = null) => ({
      slack: 'U0LENA',
      identity: onezone === null ? null : { onezone, name: 'Lena', username: null, by: 'proposed' },
      before,
      outcome,
    });
    const aGrantOf = (
      person: object | readonly object[],
      said: { readonly id: string; readonly status: Status; readonly startedAt?: string },
    ) =>
      insertRequest({
        change: 'grant',
        ask: {
          service: 'service-x',
          people: ['U0LENA'],
          level: 'use',
          until: 'permanent',
          reason: 'r',
        },
        service: { id: 'service-x', name: 'X' },
        people: [person].flat(),
        end: '2027-01-01T00:00:00.000Z',
        ...said,
      });
    const receipt = { membership: true, privileges: USE };

    it('keeps somebody of whom nobody knew yet who they are', async () => {
      await aGrantOf(aPerson(null, { is: 'waiting' }), { id: 'R-0000GRT1', status: 'approved' });
      await aGrantOf(aPerson(null, { is: 'waiting' }), {
        id: 'R-0000GRT2',
        status: 'carrying out',
      });
      const store = await database.open();
      expect(await store.requests.load('R-0000GRT1')).toMatchObject({
        subjects: [{ slack: 'U0LENA', identity: null, outcome: { kind: 'waiting' } }],
      });
      expect(await store.accesses.ofPerson('U0LENA')).toEqual([]);
      expect((await store.requests.find({ subject: 'U0LENA' })).map(({ id }) => id)).toContain(
        'R-0000GRT2',
      );
    });

    it('does not know what a call did that was given up: the next look takes it back', async () => {
      await aGrantOf(aPerson('lena', { is: 'unclear', saw: 'no answer', receipt }), {
        id: 'R-0000GRT1',
        status: 'unclear',
      });
      const store = await database.open();
      const access = await store.accesses.load({ service: 'service-x', onezone: 'lena' });
      expect(access).toMatchObject({
        baseline: null,
        applied: { privileges: null },
        writing: { to: USE },
        claims: [{ lost: [], dropped: { by: 'R-0000GRT1' }, state: { kind: 'wanted' } }],
      });
    });

    it.each<[string, string[] | null, string[]]>([
      ['not a member', null, ['member', ...USE]],
      ['a member without privileges', [], USE],
      [`${VIEW}, handle_service_fly`, ['handle_service_fly', VIEW], [REGISTER_HANDLE]],
    ])('reads what was seen instead: %s', async (saw, privileges, lost) => {
      await aGrantOf(aPerson('lena', { is: 'unclear', saw, receipt }), {
        id: 'R-0000GRT1',
        status: 'unclear',
      });
      const store = await database.open();
      const access = await store.accesses.load({ service: 'service-x', onezone: 'lena' });
      expect(access).toMatchObject({
        applied: { privileges },
        writing: null,
        claims: [{ state: { kind: 'unclear', saw } }],
      });
      expect([...(access?.claims[0]?.lost ?? [])].sort()).toEqual([...lost].sort());
    });

    it('does not take for others’ what another grant had given before', async () => {
      const has = { is: 'active', receipt, has: USE, at: '2026-12-03T20:00:02.000Z' };
      const more = { ...has, receipt: { membership: false, privileges: [] } };
      await aGrantOf(aPerson('lena', has), {
        id: 'R-0000GRT2',
        status: 'done',
        startedAt: '2026-12-03T20:00:01.000Z',
      });
      await aGrantOf(aPerson('lena', more, USE), {
        id: 'R-0000GRT1',
        status: 'done',
        startedAt: '2026-12-03T21:00:01.000Z',
      });
      const store = await database.open();
      const access = await store.accesses.load({ service: 'service-x', onezone: 'lena' });
      expect(access?.baseline).toBeNull();
      expect(access?.claims.map(({ request: id }) => id)).toEqual(['R-0000GRT2', 'R-0000GRT1']);
    });

    it('gives one claim to one Onezone user who is two people of a grant', async () => {
      const has = { is: 'active', receipt, has: USE, at: '2026-12-03T20:00:02.000Z' };
      const more = { ...has, receipt: { membership: false, privileges: [] } };
      await aGrantOf([aPerson('lena', has), { ...aPerson('lena', more, USE), slack: 'U0LENA2' }], {
        id: 'R-0000GRT1',
        status: 'done',
      });
      const store = await database.open();
      const access = await store.accesses.load({ service: 'service-x', onezone: 'lena' });
      expect(access).toMatchObject({ baseline: null, applied: { privileges: USE } });
      expect(access?.claims).toEqual([
        expect.objectContaining({ request: 'R-0000GRT1', slack: 'U0LENA' }),
      ]);
    });

    it.each<[string, string, Readonly<Record<string, string>>, object]>([
      [
        'a message that waits',
        'tell:R-DWM90QAX:approval:C0DESK',
        { what: 'approval', to: 'C0DESK' },
        { message: 'approval', to: 'C0DESK' },
      ],
      [
        'one about a person',
        'tell:R-DWM90QAX:ended:U0ADA:U0LENA',
        { what: 'ended', to: 'U0ADA', person: 'U0LENA' },
        { message: 'ended', to: 'U0ADA', person: 'U0LENA' },
      ],
      [
        'one of an outage, which was about no person',
        'tell:R-DWM90QAX:kept:U0LENA:S1',
        { what: 'kept', to: 'U0LENA', person: 'S1' },
        { message: 'kept', to: 'U0LENA' },
      ],
      [
        'trouble with a request',
        'tell:R-DWM90QAX:trouble:operators:S1',
        { what: 'trouble', to: 'operators', person: 'S1' },
        { message: 'trouble', to: 'operators', trouble: 'request' },
      ],
      [
        'trouble with too few approvers',
        'tell:R-DWM90QAX:trouble:operators:too few may agree',
        { what: 'trouble', to: 'operators', person: 'too few may agree' },
        { message: 'trouble', to: 'operators', trouble: 'too few may agree' },
      ],
      [
        'trouble with a message',
        'tell:R-DWM90QAX:trouble:operators:approval:C0DESK:is_archived',
        { what: 'trouble', to: 'operators', person: 'approval:C0DESK:is_archived' },
        {
          message: 'trouble',
          to: 'operators',
          trouble: 'undelivered',
          undelivered: JSON.stringify({
            message: 'approval',
            to: 'C0DESK',
            code: 'is_archived',
            tryingOn: false,
          }),
        },
      ],
      [
        'trouble with a message that is tried on',
        'tell:R-DWM90QAX:trouble:operators:approval:C0DESK:fatal_error:again',
        { what: 'trouble', to: 'operators', person: 'approval:C0DESK:fatal_error:again' },
        {
          message: 'trouble',
          to: 'operators',
          trouble: 'undelivered',
          undelivered: JSON.stringify({
            message: 'approval',
            to: 'C0DESK',
            code: 'fatal_error',
            tryingOn: true,
          }),
        },
      ],
      [
        'one that was set aside, by the name that its post has now',
        'tell:R-DWM90QAX:approval:C0DESK:aside',
        {
          what: 'approval',
          to: 'C0DESK',
          key: 'tell:R-DWM90QAX:approval:C0DESK',
          aside: '2026-12-03T20:00:00.000Z',
        },
        {
          message: 'approval',
          to: 'C0DESK',
          key: 'notify:R-DWM90QAX:approval:C0DESK',
          aside: '2026-12-03T20:00:00.000Z',
        },
      ],
    ])('says %s in today’s words', async (_what, key, payload, expected) => {
      await aTold(key, payload);
      await database.open();
      expect(await jobs(`name in ('tell', 'notify')`)).toEqual([
        {
          name: 'notify',
          key: key.replace('tell:', 'notify:'),
          queue: 'lane notify:C0DESK',
          request: 'R-DWM90QAX',
          payload: expected,
          state: 'waiting',
          due_at: '2026-12-03T20:00:02.000Z',
          retries: 0,
        },
      ]);
    });
  });
});
