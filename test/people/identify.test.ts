import { afterEach, describe, expect, it } from '@jest/globals';
import { type Refusal, refusals } from '../../src/errors.js';
import { turnOff } from '../../src/people/directory-state.js';
import type { Identified } from '../../src/people/people.js';
import type { Standing } from '../../src/requests/person.js';
import { createWorld, fill, linked, row, type World } from './world.js';

const LENA = 'U0LENA';
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.store.close();
});

async function worldOf(
  email: string | null,
  options: Parameters<typeof createWorld>[0] = {},
): Promise<World> {
  const world = await createWorld(options);
  worlds.push(world);
  world.slack.add(LENA, { name: 'Lena', email });
  return world;
}

const known = (onezone: string, by: 'linked' | 'trusted' | 'proposed'): Identified => ({
  kind: 'known',
  identity: { onezone, name: `Name of ${onezone}`, username: null, by },
});
const no = (refusal: Refusal): Identified => ({ kind: 'refused', refusal });

describe('without a link', () => {
  it('proposes the one user with the e-mail address', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await fill(store, [
      row('lena', { emails: ['lena@example.org'] }),
      row('max', { emails: ['max@example.org'] }),
    ]);
    expect(await people.identify(LENA)).toEqual(known('lena', 'proposed'));
  });

  it('trusts the e-mail address where the policy does', async () => {
    const { store, people } = await worldOf('lena@example.org', { email: 'trust' });
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    expect(await people.identify(LENA)).toEqual(known('lena', 'trusted'));
  });

  it('does not look at e-mail addresses where the policy says off', async () => {
    const { store, people } = await worldOf('lena@example.org', { email: 'off' });
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });

  it.each([
    ['dots in a Gmail address', 'l.e.n.a@gmail.com', 'lena@gmail.com'],
    ['capitals', 'Lena.K@Example.ORG', 'lena.k@example.org'],
  ])('overlooks %s', async (_, inSlack, inZone) => {
    const { store, people } = await worldOf(inSlack);
    await fill(store, [row('lena', { emails: [inZone] })]);
    expect(await people.identify(LENA)).toEqual(known('lena', 'proposed'));
  });

  it('keeps dots apart where they mean something', async () => {
    const { store, people } = await worldOf('le.na@example.org');
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });

  it('refuses to choose between two accounts with one address', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await fill(store, [
      row('lena', { emails: ['lena@example.org'] }),
      row('other', { emails: ['x@example.org', 'lena@example.org'], blocked: true }),
    ]);
    expect(await people.identify(LENA)).toEqual(no(refusals.ambiguousPerson('<@U0LENA>')));
  });

  it('refuses a user who is linked to someone else', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    await linked(store, 'U0OTHER', 'lena');
    expect(await people.identify(LENA)).toEqual(no(refusals.linkTaken('<@U0OTHER>')));
  });

  it('refuses a blocked user', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await fill(store, [row('lena', { emails: ['lena@example.org'], blocked: true })]);
    expect(await people.identify(LENA)).toEqual(no(refusals.blockedPerson('<@U0LENA>')));
  });

  it.each([null, '', 'not an address'])('finds nobody by the address %j', async (email) => {
    const { store, people } = await worldOf(email);
    await fill(store, [row('empty', { emails: [''] }), row('odd', { emails: ['not an address'] })]);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });

  it('says that nobody has the address only when everyone was read', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await store.directory.put([row('max', { emails: ['max@example.org'] })]);
    expect(await people.identify(LENA)).toEqual({ kind: 'unknown yet' });
    await fill(store, []);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });

  it('waits for the whole directory even if one match is there, since a second may follow', async () => {
    const { store, people } = await worldOf('lena@example.org', { email: 'trust' });
    await store.directory.put([row('lena', { emails: ['lena@example.org'] })]);
    expect(await people.identify(LENA)).toEqual({ kind: 'unknown yet' });
  });

  it('does not wait for a directory that the zone will never show', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await turnOff(store.directory);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });

  it('does not propose from what it read before the zone was closed to it', async () => {
    const { store, people } = await worldOf('lena@example.org', { email: 'trust' });
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    await turnOff(store.directory);
    expect(await people.identify(LENA)).toEqual(no(refusals.notLinked('<@U0LENA>')));
  });
});

describe('with a link', () => {
  it('is the linked user, whatever the e-mail address says', async () => {
    const { store, people } = await worldOf('lena@example.org', { email: 'trust' });
    await fill(store, [row('lena', { emails: ['lena@example.org'] }), row('real')]);
    await linked(store, LENA, 'real');
    expect(await people.identify(LENA)).toEqual(known('real', 'linked'));
  });

  it('holds where e-mail is off', async () => {
    const { store, people } = await worldOf(null, { email: 'off' });
    await fill(store, [row('real')]);
    await linked(store, LENA, 'real');
    expect(await people.identify(LENA)).toEqual(known('real', 'linked'));
  });

  it('shows the user name or the id of someone without a full name', async () => {
    const { store, people } = await worldOf(null);
    await fill(store, [row('real', { fullName: ' ', username: 'lena.k' })]);
    await linked(store, LENA, 'real');
    expect(await people.identify(LENA)).toEqual({
      kind: 'known',
      identity: { onezone: 'real', name: 'lena.k', username: 'lena.k', by: 'linked' },
    });
  });

  it('refuses a user who is blocked', async () => {
    const { store, people } = await worldOf(null);
    await fill(store, [row('real', { blocked: true })]);
    await linked(store, LENA, 'real');
    expect(await people.identify(LENA)).toEqual(no(refusals.blockedPerson('<@U0LENA>')));
  });

  it('refuses a user who is gone, and does not fall back to the e-mail address', async () => {
    const { store, people } = await worldOf('lena@example.org');
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    await linked(store, LENA, 'gone');
    expect(await people.identify(LENA)).toEqual(no(refusals.userGone('<@U0LENA>')));
  });

  it.each(['unread', 'off'])('holds while the directory is %s', async (state) => {
    const { store, people } = await worldOf(null);
    if (state === 'off') await turnOff(store.directory);
    await linked(store, LENA, 'real');
    expect(await people.identify(LENA)).toEqual({
      kind: 'known',
      identity: { onezone: 'real', name: 'real', username: null, by: 'linked' },
    });
  });
});

describe('what Slack says', () => {
  it.each<Standing>(['stranger', 'bot', 'deactivated'])(
    'refuses a %s even with a link',
    async (standing) => {
      const { store, people, slack } = await worldOf(null);
      slack.add(LENA, { standing });
      await fill(store, [row('real')]);
      await linked(store, LENA, 'real');
      expect(await people.identify(LENA)).toEqual(no(refusals.notAPerson('<@U0LENA>')));
    },
  );

  it('refuses someone Slack does not know', async () => {
    const { people } = await worldOf(null);
    expect(await people.identify('U0NOBODY')).toEqual(no(refusals.notAPerson('<@U0NOBODY>')));
  });

  it('lets a guest be given access', async () => {
    const { store, people, slack } = await worldOf(null);
    slack.add(LENA, { standing: 'guest', email: 'lena@example.org' });
    await fill(store, [row('lena', { emails: ['lena@example.org'] })]);
    expect(await people.identify(LENA)).toEqual(known('lena', 'proposed'));
  });

  it('throws when Slack fails, instead of refusing', async () => {
    const { people, slack } = await worldOf(null);
    slack.failing.add(LENA);
    await expect(people.identify(LENA)).rejects.toThrow('Slack: fatal_error');
  });
});
