import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Request } from '../../src/requests/request.js';
import type { Store } from '../../src/store/store.js';
import { engines, type TestDatabase } from '../store/databases.js';
import { build, type Built } from './kit/built.js';
import { until } from './kit/desk.js';
import { createReplicas, type Replicas } from './kit/replicas.js';
import { runProgram, unforeseen } from './kit/program.js';
import { seeded } from './kit/random.js';
import { approveAll, askFor, keyOf } from './kit/residents.js';
import { settled } from './kit/settled.js';
import { accessIn, buildTown, CHANNELS, type Town } from './kit/town.js';
import { bySomebody, expectedAccess, grants, registrations, type Wish } from './kit/wishes.js';

const KILLS = 6;
const wishes: readonly Wish[] = [...registrations, ...grants];

/** Only PostgreSQL carries more than one process. */
const shared = engines.filter((it) => it.name === 'PostgreSQL');
const whereShared = shared.length === 0 ? describe.skip : describe;

whereShared('two processes on one database, one of them killed now and then', () => {
  let built: Built;
  let database: TestDatabase;
  let store: Store;
  let town: Town;
  let replicas: Replicas;
  let requests: ReadonlyMap<Wish, Request>;

  beforeAll(async () => {
    built = await build('replicas');
    const [engine] = shared;
    if (engine === undefined) throw new Error('there is no PostgreSQL');
    database = await engine.create();
    store = await database.open();
    town = await buildTown({ databaseUrl: database.url });
    const { dice } = seeded('replicas');
    const began = performance.now();
    replicas = createReplicas(town, { cli: built.cli, args: ['start'], env: town.env }, dice);
    await replicas.start();
    await until(async () => (await store.directory.state()).completeAt, 'the directory');
    await until(() => store.services.get(town.services.Open), 'the services');
    let over = false;
    // One of the two is always there, but a click may meet the other while it is dead.
    const life = { town, store, dice, isUp: () => true, isOver: () => over };
    const lives = [
      approveAll(life),
      ...bySomebody(wishes).map((theirs) =>
        theirs.reduce(async (before, wish) => {
          await before;
          const turn = (wishes.indexOf(wish) * KILLS) / wishes.length;
          while (replicas.kills() < turn && !over) await pause(40);
          await askFor(life, wish);
        }, Promise.resolve()),
      ),
    ];
    try {
      await replicas.killSome(KILLS);
      requests = await settled(wishes, store, database);
    } finally {
      over = true;
      await Promise.all(lives);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stderr.write(`replicas: ${replicas.kills()} kills, settled after ${seconds} s\n`);
  }, 120_000);

  afterAll(async () => {
    await replicas.stop();
    await town.stop();
    await database.drop();
    await built.remove();
  });

  it('bring every request to its right end, once', async () => {
    const ends = wishes.map((wish) => [wish.reason, requests.get(wish)?.status]);
    expect(ends).toEqual(wishes.map((wish) => [wish.reason, 'done']));
    expect(await store.requests.find({ limit: 1000 })).toHaveLength(wishes.length);
  });

  it('both worked', () => {
    const movedBy = replicas.logs().map((log) => /"msg":"request moved"/.test(log));
    expect(movedBy).toEqual([true, true]);
  });

  it('leave in Onezone what was asked for', () => {
    expect(accessIn(town)).toEqual(expectedAccess(grants));
    expect(Object.values(town.zone.state.handleServices)).toHaveLength(3 + registrations.length);
  });

  it('announce each grant once and post no message twice', () => {
    const announced = town.slack.messages(CHANNELS.team).map(keyOf);
    const expected = grants.map(
      (it) => `notify:${requests.get(it)?.id ?? it.reason}:announcement:${CHANNELS.team}`,
    );
    expect(announced.sort()).toEqual(expected.sort());
    const all = Object.values(town.slack.state.messages).flat();
    const keys = all.map(keyOf).filter((it) => it !== null);
    expect(keys.filter((it, index) => keys.indexOf(it) !== index)).toEqual([]);
  });

  it('write one audit between them', async () => {
    const lines = await store.audit.read({ after: 0, limit: 10_000 });
    for (const wish of wishes) {
      const id = requests.get(wish)?.id;
      const words = lines.filter((it) => it.request === id).map((it) => it.what);
      const moved = words.filter((it) => it !== 'refused');
      expect([moved[0], moved.at(-1)]).toEqual(['asked', 'carried out']);
      expect(moved.filter((it) => it === 'asked')).toHaveLength(1);
    }
    const start = { cli: built.cli, args: ['audit', 'verify'], env: town.env };
    expect(await runProgram(start)).toMatchObject({ code: 0, err: '' });
  });

  it('fail in no way that nobody foresaw', () => {
    expect(replicas.logs().flatMap(unforeseen)).toEqual([]);
  });
});
