import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rolesOf } from '../../src/requests/decide.js';
import { createWorld, linked, somePolicy, type World } from './world.js';

const roles = {
  admin: { users: ['U0ADMIN'], usergroups: [] },
  curator: { users: ['U0CURATOR', 'U0ADMIN'], usergroups: ['S0CURATORS'] },
  steward: { users: [], usergroups: ['S0CURATORS', 'S0STEWARDS'] },
};
let world: World;
beforeEach(async () => {
  world = await createWorld({ roles });
});
afterEach(() => world.store.close());

describe('actor', () => {
  it('tells standing, the policy’s groups and the linked Onezone user', async () => {
    const { slack, store, people } = world;
    slack.add('U0LENA');
    slack.groups.set('S0STEWARDS', ['U0MAX', 'U0LENA']).set('S0CURATORS', ['U0MAX']);
    await linked(store, 'U0LENA', 'lena');
    const actor = await people.actor('U0LENA');
    expect(actor).toEqual({
      id: 'U0LENA',
      standing: 'member',
      usergroups: ['S0STEWARDS'],
      onezone: ['lena'],
      linkedBy: ['U0CURATOR'],
    });
    expect(rolesOf(somePolicy({ roles }), actor)).toEqual(['everyone', 'steward']);
  });

  it('asks for each group once, though two roles name it', async () => {
    world.slack.add('U0LENA');
    await world.people.actor('U0LENA');
    expect(world.slack.calls).toEqual([
      'profile U0LENA',
      'groupMembers S0CURATORS',
      'groupMembers S0STEWARDS',
    ]);
  });

  it('asks Slack afresh for everything when told so', async () => {
    world.slack.add('U0LENA');
    await world.people.actor('U0LENA', { fresh: true });
    expect(world.slack.calls).toEqual([
      'profile U0LENA fresh',
      'groupMembers S0CURATORS fresh',
      'groupMembers S0STEWARDS fresh',
    ]);
  });

  it('takes someone Slack does not know for a stranger', async () => {
    expect(await world.people.actor('U0NOBODY')).toEqual({
      id: 'U0NOBODY',
      standing: 'stranger',
      usergroups: [],
      onezone: [],
      linkedBy: [],
    });
  });

  it('is refused, not guessed, when Slack does not say who they are', async () => {
    world.slack.failing.add('U0LENA');
    await expect(world.people.actor('U0LENA')).rejects.toMatchObject({
      code: 'slackSilent',
      message: 'Slack could not be asked who everybody concerned is, so nothing was done.',
      cause: { code: 'fatal_error' },
    });
  });

  it('has no role by a group that does not answer, and that is said of it', async () => {
    world.slack.add('U0LENA');
    world.slack.groups.set('S0STEWARDS', ['U0LENA']);
    world.slack.failing.add('S0STEWARDS');
    expect(await world.people.actor('U0LENA')).toMatchObject({
      usergroups: [],
      unsureOf: ['S0STEWARDS'],
    });
  });

  it('reads a group once for several people, who may be named twice', async () => {
    const { slack, people } = world;
    slack.add('U0LENA');
    slack.add('U0ADMIN');
    const all = await people.actors(['U0LENA', 'U0ADMIN', 'U0LENA'], { fresh: true });
    expect(all.map(({ id }) => id)).toEqual(['U0LENA', 'U0ADMIN', 'U0LENA']);
    expect(slack.calls.filter((it) => it.includes('S0STEWARDS'))).toHaveLength(1);
  });
});

describe('withRoles', () => {
  it('names each person once, those of the file before those of groups', async () => {
    const { slack, people } = world;
    for (const id of ['U0ADMIN', 'U0CURATOR', 'U0LENA']) slack.add(id);
    slack.groups.set('S0CURATORS', ['U0LENA', 'U0CURATOR']);
    expect(await people.withRoles(['admin', 'curator'])).toEqual([
      'U0ADMIN',
      'U0CURATOR',
      'U0LENA',
    ]);
  });

  it('leaves out whoever could not act: guests, bots, strangers, deactivated and unknown people', async () => {
    const { slack, people } = world;
    slack.add('U0CURATOR', { standing: 'deactivated' });
    slack.add('U0GUEST', { standing: 'guest' });
    slack.add('U0BOT', { standing: 'bot' });
    slack.add('U0STRANGER', { standing: 'stranger' });
    slack.add('U0LENA');
    slack.groups.set('S0CURATORS', ['U0GUEST', 'U0BOT', 'U0STRANGER', 'U0UNKNOWN', 'U0LENA']);
    expect(await people.withRoles(['curator'])).toEqual(['U0LENA']);
  });

  it('has nobody for `everyone`, a role that is not there or the name of a built-in property', async () => {
    world.slack.add('U0ADMIN');
    expect(await world.people.withRoles(['everyone', 'ghost', 'constructor'])).toEqual([]);
    expect(world.slack.calls).toEqual([]);
  });

  it('resolves a group of 250 members', async () => {
    const { slack, people } = world;
    const members = Array.from({ length: 250 }, (_, at) => `U0M${at}`);
    for (const id of members) slack.add(id);
    slack.groups.set('S0STEWARDS', members);
    expect(await people.withRoles(['steward'])).toEqual(members);
  });

  it('throws when a group or a profile cannot be read: someone would not be told', async () => {
    const { slack, people } = world;
    slack.groups.set('S0STEWARDS', ['U0LENA']);
    slack.failing.add('U0LENA');
    await expect(people.withRoles(['steward'])).rejects.toThrow('Slack: fatal_error');
    slack.failing.clear();
    slack.failing.add('S0STEWARDS');
    await expect(people.withRoles(['steward'])).rejects.toThrow('Slack: fatal_error');
  });
});
