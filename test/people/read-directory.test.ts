import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { type DirectoryReading, readDirectory } from '../../src/people/read-directory.js';
import { createWorld, failures, fill, linked, row, START, type World } from './world.js';

const HOUR = 3_600_000;
let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.store.close());

function read(options: { batch?: number; signal?: AbortSignal } = {}): Promise<DirectoryReading> {
  const { zone, store, clock, log } = world;
  zone.calls.length = 0;
  const now = () => clock.now;
  return readDirectory({ onezone: zone.onezone, store, now, log: log.logger, ...options });
}

function populate(count: number): void {
  for (let at = 0; at < count; at += 1) world.zone.add(`user${at}`);
}

function later(hours: number): void {
  world.clock.now = new Date(world.clock.now.getTime() + hours * HOUR);
}

const warnings = (): readonly string[] =>
  world.log.lines.filter((it) => it.level >= 40).map((it) => it.msg);

describe('the first reading', () => {
  it('keeps what people are looked up by, addresses in their normal form', async () => {
    world.zone.add('lena', {
      fullName: 'Lena K.',
      username: 'lena.k',
      emails: ['LenaK@gmail.com', ''],
      linkedEmails: ['Lena.K@gmail.com', 'lena@Example.org'],
    });
    world.zone.add('max', { blocked: true });
    expect(await read()).toEqual({
      added: 2,
      removed: 0,
      refreshed: 0,
      users: 2,
      list: 'believed',
    });
    expect(await world.store.directory.get('lena')).toEqual({
      id: 'lena',
      fullName: 'Lena K.',
      username: 'lena.k',
      emails: ['lenak@gmail.com', 'lena@example.org'],
      blocked: false,
      readAt: START,
    });
    expect(await world.store.directory.get('max')).toMatchObject({ blocked: true });
    expect(await world.store.directory.state()).toEqual({ users: 2, completeAt: START });
  });

  it('asks for no more users at a time than it may', async () => {
    populate(50);
    let running = 0;
    let most = 0;
    const { user, listUsers } = world.zone.onezone;
    const onezone = {
      listUsers,
      async user(id: string) {
        running += 1;
        most = Math.max(most, running);
        const found = await user(id);
        running -= 1;
        return found;
      },
    };
    const { store, log } = world;
    await readDirectory({ onezone, store, now: () => START, log: log.logger, concurrency: 3 });
    expect(most).toBe(3);
  });

  it('skips whoever leaves between the list and their turn', async () => {
    populate(10);
    world.zone.failing.set('user4', failures.notFound);
    expect(await read()).toMatchObject({ added: 9, users: 9 });
    expect(await world.store.directory.state()).toMatchObject({ completeAt: START });
  });

  it('goes on where an outage stopped it', async () => {
    populate(40);
    world.zone.failing.set('user25', failures.outage);
    await expect(read({ batch: 10 })).rejects.toBe(failures.outage);
    expect(await world.store.directory.state()).toEqual({ users: 20, completeAt: null });

    world.zone.failing.clear();
    expect(await read({ batch: 10 })).toMatchObject({ added: 20, users: 40 });
    expect(world.zone.calls).toHaveLength(1 + 20);
    expect(await world.store.directory.state()).toEqual({ users: 40, completeAt: START });
  });

  it('can be broken off, and goes on from there', async () => {
    populate(40);
    const stop = new AbortController();
    world.zone.onCall = (call) => {
      if (call === 'user25') stop.abort(new Error('shutting down'));
    };
    await expect(read({ batch: 10, signal: stop.signal })).rejects.toThrow('shutting down');
    expect(await world.store.directory.state()).toEqual({ users: 20, completeAt: null });
    expect(await read()).toMatchObject({ added: 20, users: 40 });
  });
});

describe('a later reading', () => {
  it('of 10 000 users takes one call when nothing changed, and two when one joined', async () => {
    populate(10_000);
    expect(await read()).toMatchObject({ added: 10_000, users: 10_000 });
    expect(world.zone.calls).toHaveLength(10_001);

    later(1);
    expect(await read()).toMatchObject({ added: 0, removed: 0, refreshed: 0 });
    expect(world.zone.calls).toEqual(['listUsers']);

    world.zone.users.delete('user7');
    world.zone.add('newcomer');
    expect(await read()).toMatchObject({ added: 1, removed: 1, users: 10_000 });
    expect(world.zone.calls).toEqual(['listUsers', 'newcomer']);
    expect(await world.store.directory.get('user7')).toBeNull();
  });

  it('reads a twelfth again once they are twelve hours old, so that none gets older than a day', async () => {
    populate(24);
    await read();
    later(12);
    world.zone.add('user3', { emails: ['new@example.org'], blocked: true });
    expect(await read()).toMatchObject({ refreshed: 0 });
    for (let run = 0; run < 12; run += 1) {
      later(1);
      expect(await read()).toMatchObject({ refreshed: 2 });
      expect(world.zone.calls).toHaveLength(3);
    }
    expect(await world.store.directory.stalest(100, START)).toEqual([]);
    expect(await world.store.directory.stalest(100, new Date(START.getTime() + 1))).toEqual([]);
    expect(await world.store.directory.byEmail('new@example.org')).toMatchObject([
      { id: 'user3', blocked: true },
    ]);
  });

  it('stays complete when an outage hits only the reading again', async () => {
    populate(24);
    await read();
    later(13);
    for (const id of world.zone.users.keys()) world.zone.failing.set(id, failures.outage);
    await expect(read()).rejects.toBe(failures.outage);
    const { completeAt } = await world.store.directory.state();
    expect(completeAt).toEqual(world.clock.now);
  });

  it('does not lose someone who was linked while the list was being made', async () => {
    populate(3);
    await read();
    world.zone.onCall = async (call) => {
      if (call === 'listUsers') await world.store.directory.put([row('newcomer')]);
    };
    await read();
    expect(await world.store.directory.get('newcomer')).not.toBeNull();
  });
});

describe('a list that cannot be true', () => {
  const DOUBT =
    'Onezone lists far fewer users than before, twice in a row; those missing stay in the directory until Onezone denies each of them';

  it.each([0, 40])(
    'of %d instead of 100 users is asked for twice and then not believed',
    async (left) => {
      populate(100);
      await read();
      later(1);
      const [...ids] = world.zone.users.keys();
      for (const id of ids.slice(left)) world.zone.users.delete(id);
      expect(await read()).toEqual({
        added: 0,
        removed: 0,
        refreshed: 0,
        users: 100,
        list: 'doubted',
      });
      expect(world.zone.calls).toEqual(['listUsers', 'listUsers']);
      expect(warnings()).toEqual([DOUBT]);
      expect(await world.store.directory.state()).toEqual({ users: 100, completeAt: START });
    },
  );

  it('is forgotten when the second one is whole', async () => {
    populate(100);
    await read();
    const all = [...world.zone.users];
    world.zone.users.clear();
    let lists = 0;
    world.zone.onCall = (call) => {
      if (call === 'listUsers' && (lists += 1) === 2) {
        for (const [id, user] of all) world.zone.users.set(id, user);
      }
    };
    expect(await read()).toMatchObject({ removed: 0, users: 100, list: 'believed' });
    expect(warnings()).toEqual([]);
  });

  it('still loses those of whom Onezone says one by one that they are gone', async () => {
    populate(100);
    await read();
    const [...ids] = world.zone.users.keys();
    for (const id of ids.slice(10)) world.zone.users.delete(id);
    later(13);
    for (let run = 0; run < 20; run += 1) await read();
    expect(await read()).toMatchObject({ list: 'believed', users: 10 });
  });

  it('is believed where half the people of a small zone left', async () => {
    populate(10);
    await read();
    for (const id of ['user0', 'user1', 'user2', 'user3', 'user4', 'user5']) {
      world.zone.users.delete(id);
    }
    expect(await read()).toMatchObject({ removed: 6, users: 4, list: 'believed' });
  });

  it('does not make an empty directory complete', async () => {
    expect(await read()).toMatchObject({ users: 0, list: 'doubted' });
    expect(await world.store.directory.state()).toEqual({ users: 0, completeAt: null });
  });

  it('is believed where less than half of a large zone left', async () => {
    populate(450);
    await read();
    const [...ids] = world.zone.users.keys();
    for (const id of ids.slice(230)) world.zone.users.delete(id);
    expect(await read()).toMatchObject({ removed: 220, users: 230, list: 'believed' });
  });
});

describe('credentials that may not read users', () => {
  const NOT_ALLOWED =
    'The credentials may not list and read Onezone’s users, so nobody is found by e-mail and people have to be linked by id. ' +
    'To change that, give the account oz_users_list and oz_users_view, and a confined token ' +
    'ozw/get/user.null.list:private and ozw/get/user.*.instance:protected';

  it.each([
    ['a token confined to other calls', failures.tooNarrow],
    ['an account without the privilege', failures.forbidden],
  ])('are told of once, as with %s', async (_, error) => {
    world.zone.failing.set('listUsers', error);
    const off = { added: 0, removed: 0, refreshed: 0, users: 0, list: 'off' };
    expect(await read()).toEqual(off);
    expect(await read()).toEqual(off);
    expect(warnings()).toEqual([NOT_ALLOWED]);
  });

  it('turn lookups by e-mail off instead of leaving people waiting', async () => {
    world.slack.add('U0LENA', { email: 'lena@example.org' });
    world.zone.failing.set('listUsers', failures.tooNarrow);
    expect(await world.people.identify('U0LENA')).toEqual({ kind: 'unknown yet' });
    await read();
    expect(await world.people.identify('U0LENA')).toEqual({
      kind: 'refused',
      refusal: refusals.notLinked('<@U0LENA>'),
    });
  });

  it('do not make linked people look gone', async () => {
    world.slack.add('U0LENA');
    await fill(world.store, [row('max')]);
    await linked(world.store, 'U0LENA', 'lena');
    world.zone.failing.set('listUsers', failures.tooNarrow);
    await read();
    expect(await world.people.identify('U0LENA')).toMatchObject({ kind: 'known' });
  });

  it('may list and still not read', async () => {
    populate(3);
    for (const id of world.zone.users.keys()) world.zone.failing.set(id, failures.tooNarrow);
    expect(await read()).toMatchObject({ list: 'off' });
  });

  it('are forgotten once they may', async () => {
    world.zone.failing.set('listUsers', failures.forbidden);
    await read();
    world.zone.failing.clear();
    populate(3);
    expect(await read()).toMatchObject({ added: 3, list: 'believed' });
    expect(await world.store.directory.state()).toEqual({ users: 3, completeAt: START });
  });

  it('are another matter when they do not work at all', async () => {
    world.zone.failing.set('listUsers', failures.expired);
    await expect(read()).rejects.toBe(failures.expired);
    expect(await world.store.directory.state()).toEqual({ users: 0, completeAt: null });
  });
});
