import { afterEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { turnOff } from '../../src/people/directory-state.js';
import { createWorld, failures, fill, linked, row, START, type World } from './world.js';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.store.close();
});

async function worldOf(live: boolean): Promise<World> {
  const world = await createWorld({ live });
  worlds.push(world);
  return world;
}

const lena = { slack: 'U0LENA', onezone: 'lena', by: 'U0CURATOR', how: 'by hand' } as const;

describe('link', () => {
  it('stores the link and says so in the audit', async () => {
    const { store, people, zone } = await worldOf(true);
    zone.add('lena');
    await people.link(lena);
    expect(await store.links.ofSlack('U0LENA')).toEqual({ ...lena, at: START });
    expect(await store.audit.latest(10)).toEqual([
      expect.objectContaining({
        at: START,
        who: 'U0CURATOR',
        what: 'linked',
        people: ['U0LENA'],
        detail: { onezone: 'lena', how: 'by hand' },
      }),
    ]);
  });

  it('puts who it asked the zone for into the directory, so that they do not look gone', async () => {
    const { store, people, zone, slack } = await worldOf(true);
    slack.add('U0LENA');
    await fill(store, [row('max')]);
    zone.add('lena');
    await people.link(lena);
    expect(await people.identify('U0LENA')).toEqual({
      kind: 'known',
      identity: { onezone: 'lena', name: 'Name of lena', username: null, by: 'linked' },
    });
  });

  it('replaces the link of the person and records what it was', async () => {
    const { store, people, zone } = await worldOf(true);
    zone.add('lena');
    await linked(store, 'U0LENA', 'old');
    await people.link(lena);
    expect(await store.links.ofOnezone('old')).toBeNull();
    expect((await store.audit.latest(1))[0]?.detail).toEqual({
      onezone: 'lena',
      how: 'by hand',
      before: 'old',
    });
  });

  it('writes nothing when the link is there already', async () => {
    const { store, people, zone } = await worldOf(true);
    zone.add('lena');
    await people.link(lena);
    await people.link({ ...lena, how: 'by approval' });
    expect(await store.audit.latest(10)).toHaveLength(1);
  });

  it('refuses a Onezone user who is someone else’s', async () => {
    const { store, people, zone } = await worldOf(true);
    zone.add('lena');
    await linked(store, 'U0OTHER', 'lena');
    await expect(people.link(lena)).rejects.toEqual(refusals.linkTaken('<@U0OTHER>'));
    expect(await store.links.ofSlack('U0LENA')).toBeNull();
  });

  it('refuses a user whom the zone has blocked since the last reading', async () => {
    const { store, people, zone } = await worldOf(true);
    await fill(store, [row('lena')]);
    zone.add('lena', { blocked: true });
    await expect(people.link(lena)).rejects.toEqual(refusals.blockedPerson('<@U0LENA>'));
    expect(await store.links.ofSlack('U0LENA')).toBeNull();
  });

  it('accepts a user whom the zone has unblocked since the last reading', async () => {
    const { store, people, zone } = await worldOf(true);
    await fill(store, [row('lena', { blocked: true })]);
    zone.add('lena');
    await people.link(lena);
    expect(await store.directory.get('lena')).toMatchObject({ blocked: false });
  });

  it('refuses a user who has left the zone since the last reading, and forgets them', async () => {
    const { store, people } = await worldOf(true);
    await fill(store, [row('lena'), row('max')]);
    await expect(people.link(lena)).rejects.toEqual(refusals.userGone('<@U0LENA>'));
    expect(await store.directory.get('lena')).toBeNull();
  });

  it('goes by the directory while Onezone does not answer', async () => {
    const { store, people, zone, log } = await worldOf(true);
    await fill(store, [row('lena'), row('max', { blocked: true })]);
    for (const id of ['lena', 'max', 'new']) zone.failing.set(id, failures.outage);
    await people.link(lena);
    expect(await store.links.ofSlack('U0LENA')).toMatchObject({ onezone: 'lena' });
    await expect(people.link({ ...lena, slack: 'U0MAX', onezone: 'max' })).rejects.toEqual(
      refusals.blockedPerson('<@U0MAX>'),
    );
    await expect(people.link({ ...lena, slack: 'U0NEW', onezone: 'new' })).rejects.toBe(
      failures.outage,
    );
    expect(log.lines.map((line) => line.msg)).toContain(
      'Linking by the directory: Onezone does not answer',
    );
  });

  it('throws when the credentials no longer work', async () => {
    const { store, people, zone } = await worldOf(true);
    await fill(store, [row('lena')]);
    zone.failing.set('lena', failures.expired);
    await expect(people.link(lena)).rejects.toBe(failures.expired);
  });

  it('takes a curator’s word for an id where the zone shows no users', async () => {
    const { store, people, zone } = await worldOf(true);
    await turnOff(store.directory);
    zone.failing.set('lena', failures.tooNarrow);
    await people.link(lena);
    expect(await store.links.ofSlack('U0LENA')).toMatchObject({ onezone: 'lena' });
  });

  it('without a way to ask the zone, goes by the complete directory', async () => {
    const { store, people } = await worldOf(false);
    await fill(store, [row('max')]);
    await expect(people.link(lena)).rejects.toEqual(refusals.userGone('<@U0LENA>'));
    await people.link({ ...lena, onezone: 'max' });
    expect(await store.links.ofSlack('U0LENA')).toMatchObject({ onezone: 'max' });
  });
});

describe('unlink', () => {
  const byHand = { slack: 'U0LENA', by: 'U0CURATOR', how: 'by hand' } as const;

  it('says which link goes, and what the audit will say of it', async () => {
    const { store, people } = await worldOf(false);
    await linked(store, 'U0LENA', 'lena');
    expect(await people.prepareUnlink(byHand)).toEqual({
      unlink: { slack: 'U0LENA', onezone: 'lena', by: 'U0CURATOR', at: START },
      entry: {
        at: START,
        who: 'U0CURATOR',
        what: 'unlinked',
        request: null,
        service: null,
        people: ['U0LENA'],
        detail: { onezone: 'lena', how: 'by hand' },
      },
    });
  });

  it('has nothing to do for someone without a link', async () => {
    const { people } = await worldOf(false);
    expect(await people.prepareUnlink(byHand)).toBeNull();
  });

  it('is nothing that people do to themselves, but to disown it is', async () => {
    const { store, people } = await worldOf(false);
    await linked(store, 'U0LENA', 'lena');
    const own = { slack: 'U0LENA', by: 'U0LENA' };
    await expect(people.prepareUnlink({ ...own, how: 'by hand' })).rejects.toEqual(
      refusals.ownLink(),
    );
    expect(await people.prepareUnlink({ ...own, how: 'disowned' })).not.toBeNull();
  });
});
