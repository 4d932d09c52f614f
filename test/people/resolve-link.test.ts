import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { turnOff } from '../../src/people/directory-state.js';
import { type LinkCandidate, resolveLink } from '../../src/people/resolve-link.js';
import {
  createWorld,
  failures,
  fill,
  linked,
  row,
  somePolicy,
  START,
  type World,
} from './world.js';

const NEW_ID = '0123456789abcdef0123456789abcdefch12ab';
let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.slack.add('U0LENA', { name: 'Lena Kowalska (she/her)', email: 'L.Kowalska@gmail.com' });
});
afterEach(() => world.store.close());

function resolve(text: string, live = true): Promise<readonly LinkCandidate[]> {
  const { store, slack, zone, clock } = world;
  const deps = { store, chat: slack.chat, policy: () => somePolicy({}), now: () => clock.now };
  const asked = { person: 'U0LENA', text, limit: 5 };
  return resolveLink(live ? { ...deps, readUser: zone.onezone.user } : deps, asked);
}

const told = (candidates: readonly LinkCandidate[]): readonly string[] =>
  candidates.map(({ user, by, linkedTo }) => `${user.id} by ${by}, ${linkedTo ?? 'free'}`);

describe('with a text', () => {
  beforeEach(() =>
    fill(world.store, [
      row('lena', { fullName: 'Lena Kowalska', emails: ['lkowalska@gmail.com'] }),
      row('max', { fullName: 'Max Lenart', username: 'maxl', emails: ['max@example.org'] }),
    ]),
  );

  it.each([
    ['part of a name', 'kowal', ['lena by text, free']],
    ['a user name', 'maxl', ['max by text, free']],
    ['an id in backticks', '`max`', ['max by text, free']],
    [
      'an address as Slack rewrites it',
      '<mailto:max@example.org|max@example.org>',
      ['max by text, free'],
    ],
    ['an address with other dots', 'l.kow.alska@gmail.com', ['lena by text, free']],
    ['nothing that is known', 'Zenon', []],
  ])('takes %s', async (_, text, expected) => {
    expect(told(await resolve(text))).toEqual(expected);
  });

  it('says whose a candidate is', async () => {
    await linked(world.store, 'U0MAX', 'max');
    expect(told(await resolve('maxl'))).toEqual(['max by text, U0MAX']);
  });
});

describe('with nothing', () => {
  it('proposes everyone with the address, then whoever shares most of the name', async () => {
    await fill(world.store, [
      row('namesake', { fullName: 'Lena Nowak' }),
      row('swapped', { fullName: 'Kowalska, Lena' }),
      row('one', { fullName: 'L. K.', emails: ['lkowalska@gmail.com'] }),
      row('two', { fullName: 'Lena K.', emails: ['lkowalska@gmail.com'], blocked: true }),
      row('herman', { fullName: 'Herman Max' }),
    ]);
    const candidates = told(await resolve(' '));
    expect(candidates.slice(0, 2).toSorted()).toEqual([
      'one by e-mail, free',
      'two by e-mail, free',
    ]);
    expect(candidates.slice(2)).toEqual(['swapped by name, free', 'namesake by name, free']);
  });

  it('has nobody for someone Slack does not know', async () => {
    const { store, slack } = world;
    const deps = { store, chat: slack.chat, policy: () => somePolicy({}), now: () => START };
    expect(await resolveLink(deps, { person: 'U0NOBODY', text: '', limit: 5 })).toEqual([]);
  });
});

describe('with an id that is not in the directory', () => {
  it('asks the zone, which may have someone new', async () => {
    await fill(world.store, [row('max')]);
    world.zone.add(NEW_ID, { fullName: 'Nina New' });
    const [candidate] = await resolve(NEW_ID);
    expect(candidate).toEqual({
      user: row(NEW_ID, { fullName: 'Nina New' }),
      by: 'text',
      linkedTo: null,
    });
  });

  it('has nobody if the zone has nobody', async () => {
    expect(await resolve(NEW_ID)).toEqual([]);
  });

  it('takes the id as typed where the zone shows no users', async () => {
    await turnOff(world.store.directory);
    world.zone.failing.set(NEW_ID, failures.forbidden).set('not-an-id', failures.forbidden);
    expect(told(await resolve(NEW_ID))).toEqual([`${NEW_ID} by text, free`]);
    expect(await resolve('not-an-id')).toEqual([]);
  });

  it('has nobody if it cannot ask and the directory is complete', async () => {
    await fill(world.store, [row('max')]);
    expect(await resolve(NEW_ID, false)).toEqual([]);
  });

  it('throws when Onezone does not answer', async () => {
    world.zone.failing.set(NEW_ID, failures.outage);
    await expect(resolve(NEW_ID)).rejects.toBe(failures.outage);
  });
});
