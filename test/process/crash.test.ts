import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Request } from '../../src/requests/request.js';
import type { Store } from '../../src/store/store.js';
import { engines, type TestDatabase } from '../store/databases.js';
import { build, type Built } from './kit/built.js';
import { messagesAbout, requestOfChange, sendsUntil, stories } from './kit/changes.js';
import { createChaos } from './kit/chaos.js';
import { type Desk, openDesk, until } from './kit/desk.js';
import { type Program, runProgram, unforeseen } from './kit/program.js';
import { seeded } from './kit/random.js';
import { approveAll, askFor, hasApprove, keyOf } from './kit/residents.js';
import { settled } from './kit/settled.js';
import { accessIn, buildTown, CHANNELS, slackIdOf, type Town } from './kit/town.js';
import {
  bySomebody,
  expectedAccess,
  grants,
  type GrantWish,
  registrations,
  type Wish,
} from './kit/wishes.js';

const KILLS = 26;
const wishes: readonly Wish[] = [...registrations, ...grants];

let built: Built;
beforeAll(async () => {
  built = await build('crash');
});
afterAll(() => built.remove());

describe.each(engines)(
  'on $name, the process that is killed again and again',
  ({ name, create }) => {
    let database: TestDatabase;
    let store: Store;
    let town: Town;
    let program: Program | null = null;
    let requests: ReadonlyMap<Wish, Request>;
    let log: string;

    beforeAll(async () => {
      const began = performance.now();
      database = await create();
      store = await database.open();
      town = await buildTown({ databaseUrl: database.url });
      const { dice } = seeded(`crashes on ${name}`);
      const chaos = createChaos(town, { cli: built.cli, args: ['start'], env: town.env }, dice);
      let over = false;
      const life = { town, store, dice, isUp: chaos.isUp, isOver: () => over };
      const lives = [
        approveAll(life),
        ...bySomebody(wishes).map((theirs) =>
          theirs.reduce(async (before, wish) => {
            await before;
            // Spread over all the kills, so that each of them meets work.
            const turn = (wishes.indexOf(wish) * (KILLS - 4)) / wishes.length;
            while (chaos.kills() < turn && !over) await pause(40);
            await askFor(life, wish);
          }, Promise.resolve()),
        ),
      ];
      program = await chaos.run(KILLS);
      const killed = performance.now();
      try {
        requests = await settled(wishes, store, database);
      } finally {
        over = true;
        await Promise.all(lives);
        log = chaos.log();
      }
      const seconds = (ms: number): string => (ms / 1000).toFixed(1);
      process.stderr.write(
        `crashes on ${name}: ${chaos.kills()} kills in ${seconds(killed - began)} s, settled ${seconds(performance.now() - killed)} s later\n`,
      );
    }, 120_000);

    afterAll(async () => {
      program?.signal('SIGKILL');
      await program?.ended;
      await town.stop();
      await database.drop();
    });

    it('brings every request to its right end', () => {
      const ends = wishes.map((wish) => [wish.reason, requests.get(wish)?.status]);
      expect(ends).toEqual(wishes.map((wish) => [wish.reason, 'done']));
    });

    it('keeps one request for each wish', async () => {
      expect(await store.requests.find({ limit: 1000 })).toHaveLength(wishes.length);
    });

    it('leaves in Onezone the access that was asked for, and no other', () => {
      expect(accessIn(town)).toEqual(expectedAccess(grants));
    });

    it('registers each service once', () => {
      const all = Object.values(town.zone.state.handleServices);
      expect(all.map((it) => it.name).sort()).toEqual(
        [...Object.keys(town.services), ...registrations.map((it) => it.name)].sort(),
      );
      const made = registrations.map((wish) => requests.get(wish)?.service?.id);
      expect(all.map((it) => it.handleServiceId)).toEqual(expect.arrayContaining(made));
    });

    it('announces each grant once, and nothing else', () => {
      const expected = grants.map((it) => `notify:${idOf(it)}:announcement:${CHANNELS.team}`);
      const announced = town.slack.messages(CHANNELS.team).map(keyOf);
      expect(announced.sort()).toEqual(expected.sort());
    });

    it('tells each requester and each beneficiary once', () => {
      const expected = wishes.flatMap((wish) => {
        const requester = slackIdOf(wish.by);
        const others = wish.change === 'grant' ? wish.people.filter((it) => it !== wish.by) : [];
        const welcomes = others.map(slackIdOf).map((it) => `welcome:${it}:${it}`);
        return [`outcome:${requester}`, ...welcomes].map((it) => `notify:${idOf(wish)}:${it}`);
      });
      const told = allMessages().map(keyOf);
      const outcomes = told.filter((it) => /:(outcome|welcome):/.test(it ?? ''));
      expect(outcomes.sort()).toEqual(expected.sort());
    });

    it('posts no message twice', () => {
      const keys = allMessages()
        .map(keyOf)
        .filter((it) => it !== null);
      expect(keys.filter((it, index) => keys.indexOf(it) !== index)).toEqual([]);
    });

    it('asks the approvers once for each request, and leaves no button behind', () => {
      const asked = wishes.filter((it) => needsApproval(it));
      const messages = town.slack.messages(CHANNELS.desk);
      expect(messages.map(keyOf).sort()).toEqual(
        asked.map((it) => `notify:${idOf(it)}:approval:${CHANNELS.desk}`).sort(),
      );
      expect(messages.filter(hasApprove)).toEqual([]);
    });

    it('has the whole story of each request on record', async () => {
      const lines = await store.audit.read({ after: 0, limit: 10_000 });
      for (const wish of wishes) {
        const words = lines.filter((it) => it.request === idOf(wish)).map((it) => it.what);
        const moved = words.filter((it) => it !== 'refused');
        expect(moved[0]).toBe('asked');
        expect(moved.at(-1)).toBe('carried out');
        expect(count(moved, 'asked')).toBe(1);
        expect(count(moved, 'approved')).toBe(needsApproval(wish) ? 1 : 0);
        // A registration that never left is begun anew.
        const started = count(moved, 'started');
        if (wish.change === 'grant') expect(started).toBe(1);
        else expect(started).toBeGreaterThan(0);
      }
      const { code, out } = await runProgram({
        cli: built.cli,
        args: ['audit', 'verify'],
        env: town.env,
      });
      expect(out).toMatch(/^\d+ lines, unbroken\. Head: [0-9a-f]{64}\n$/);
      expect(code).toBe(0);
    });

    it('has stored the end of each grant that has one', async () => {
      const ending = grants.filter((it) => it.duration !== 'permanent');
      const places = ending.flatMap(({ service, people }) =>
        people.map((it) => `${town.services[service]}:${town.onezone[it] ?? it}`),
      );
      const stored = await keysOf(database, `name = 'access-clock'`);
      expect([...stored].sort()).toEqual(
        [...new Set(places)].map((it) => `access-clock:${it}`).sort(),
      );
      for (const wish of ending) {
        const ends = await Promise.all(wish.people.map((it) => endOf(wish, it)));
        const end = requests.get(wish)?.body['end'];
        expect(ends).toEqual(wish.people.map(() => end));
        expect(end).toEqual(expect.anything());
      }
    });

    it('sets no job aside and fails in no way that nobody foresaw', () => {
      expect(unforeseen(log)).toEqual([]);
    });

    /** When the claim of a wish on somebody's access is over, as it is stored. */
    async function endOf(wish: GrantWish, who: string): Promise<string | null> {
      const key = { service: town.services[wish.service], onezone: town.onezone[who] ?? '' };
      const claims = (await store.accesses.load(key))?.claims ?? [];
      const claim = claims.find((it) => it.request === idOf(wish));
      return claim?.until?.toISOString() ?? null;
    }

    const idOf = (wish: Wish): string => requests.get(wish)?.id ?? wish.reason;
    const allMessages = () => Object.values(town.slack.state.messages).flat();
  },
);

/** Needs nobody's agreement. */
const first: GrantWish = {
  change: 'grant',
  by: 'p1',
  people: ['p1'],
  service: 'Open',
  level: 'use',
  duration: '90d',
  reason: 'Survey data for my thesis',
};
const kills = stories.flatMap((story) =>
  story.moments.map((moment) => ({ ...story, name: story.change, moment })),
);

describe.each(engines)('on $name, the process that is killed', ({ name: engine, create }) => {
  let database: TestDatabase;
  let desk: Desk;
  beforeEach(async () => {
    database = await create();
    desk = await openDesk(built, { databaseUrl: database.url });
  });
  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  // Where a lease has to run out first, once is enough.
  it.each(kills.filter((it) => engine === 'SQLite' || it.moment === 'Onezone has done it'))(
    'during $name, when $moment, ends it as it was wanted, and once',
    async ({ moment, ...story }) => {
      const before = await desk.opensInformed();
      await desk.asks(first);
      const grant = await desk.becomes(first, 'done');
      await desk.town.slack.until(
        () => messagesAbout(desk, grant).length === 2,
        'the grant',
        10_000,
      );
      await sendsUntil(desk, story, moment);
      before.signal('SIGKILL');
      expect(await before.ended).toBe('SIGKILL');

      const after = await desk.opens();
      const request = await requestOfChange(desk, story.change, ({ status }) => status === 'done');
      await until(
        async () => ((await workLeft()).length === 0 ? true : null),
        'the end of all work',
      );

      expect([...accessIn(desk.town)]).toEqual(story.leaves);
      const deleted = desk.town.zone.log.filter((it) => it.method === 'DELETE');
      expect(deleted).toHaveLength(story.deletes[moment] ?? 0);
      expect(await endOf()).toEqual(story.change === 'extend' ? request.body['end'] : null);
      expect(messagesAbout(desk, request)).toEqual(story.told);
      expect(messagesAbout(desk, grant)).toEqual([
        `announcement:${CHANNELS.team}`,
        `outcome:${slackIdOf('p1')}`,
      ]);
      const lines = await desk.store.audit.read({ after: 0, limit: 1000 });
      const words = (id: string) => lines.filter((it) => it.request === id).map((it) => it.what);
      expect(words(request.id)).toEqual(['asked', 'started', 'carried out']);
      expect(words(grant.id).slice(3)).toEqual([story.change === 'extend' ? 'extended' : 'ended']);
      expect(lines.filter((it) => ['refused', 'fault'].includes(it.what))).toEqual([]);
      expect(await desk.store.audit.verify()).toMatchObject({ brokenAt: null });
      expect(unforeseen(before.out() + before.err() + after.out() + after.err())).toEqual([]);
    },
    60_000,
  );

  /** What is still to be done but for what waits for its day. */
  const workLeft = (): Promise<readonly string[]> =>
    keysOf(
      database,
      `name not like 'read-%' and name not in ('access-clock', 'audit-head', 'examine')`,
    );

  /** When the access of the first wish ends now; null: it has. */
  async function endOf(): Promise<string | null> {
    const { services, onezone } = desk.town;
    const key = { service: services.Open, onezone: onezone['p1'] ?? '' };
    const [claim] = (await desk.store.accesses.load(key))?.claims ?? [];
    return claim?.state.kind === 'given' ? (claim.until?.toISOString() ?? null) : null;
  }
});

async function keysOf(database: TestDatabase, where: string): Promise<readonly string[]> {
  const rows = await database.raw(`select key from jobs where ${where}`);
  return z
    .array(z.object({ key: z.string() }))
    .parse(rows)
    .map((it) => it.key);
}

const needsApproval = (wish: Wish): boolean =>
  wish.change === 'grant' ? wish.service !== 'Open' : wish.by !== 'ada';

const count = (words: readonly string[], word: string): number =>
  words.filter((it) => it === word).length;
