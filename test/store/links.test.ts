import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import type { Link, Store } from '../../src/store/store.js';
import { after, anEntry, NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const aLink = (said: Partial<Link> = {}): Link => ({
  slack: 'U0LENA',
  onezone: 'onezone-lena',
  by: 'U0ADMIN',
  how: 'by hand',
  at: NOW,
  ...said,
});

describe.each(engines)('links on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const entry = anEntry({ what: 'linked' });
  const recorded = async (): Promise<readonly string[]> =>
    (await store.audit.read({ after: 0, limit: 100 })).map((line) => line.what);

  it('are found from either side', async () => {
    await store.links.put(aLink(), entry);

    expect(await store.links.ofSlack('U0LENA')).toEqual(aLink());
    expect(await store.links.ofOnezone('onezone-lena')).toEqual(aLink());
    expect(await store.links.ofSlack('U0BEN')).toBeNull();
    expect(await store.links.ofOnezone('onezone-ben')).toBeNull();
    expect(await recorded()).toEqual(['linked']);
  });

  it('replace the earlier one of the same Slack user', async () => {
    await store.links.put(aLink(), entry);
    const renewed = aLink({ onezone: 'onezone-lena-2', how: 'by approval' });
    await store.links.put(renewed, entry);

    expect(await store.links.ofSlack('U0LENA')).toEqual(renewed);
    expect(await store.links.ofOnezone('onezone-lena')).toBeNull();
  });

  it('never take the Onezone user of someone else, and leave no trace of trying', async () => {
    await store.links.put(aLink(), entry);
    await store.links.put(aLink({ slack: 'U0BEN', onezone: 'onezone-ben' }), entry);

    await expect(store.links.put(aLink({ slack: 'U0BEN' }), entry)).rejects.toThrow(
      refusals.linkTaken('<@U0LENA>'),
    );

    expect(await store.links.ofSlack('U0BEN')).toMatchObject({ onezone: 'onezone-ben' });
    expect(await recorded()).toEqual(['linked', 'linked']);
  });

  it('are not on record as taken away where another had taken them away just before', async () => {
    await store.links.put(aLink({ onezone: 'onezone-other' }), entry);
    const unlink = { slack: 'U0LENA', onezone: 'onezone-lena', by: 'U0ADMIN', at: after(1) };
    await expect(
      store.commit({ unlinks: [unlink], entries: [anEntry({ what: 'unlinked' })] }),
    ).rejects.toThrow(refusals.linkMoved('<@U0LENA>'));
    expect(await store.links.ofSlack('U0LENA')).toMatchObject({ onezone: 'onezone-other' });
    expect(await recorded()).toEqual(['linked']);
  });

  it('give a Onezone user that several want at once to one of them', async () => {
    const other = await database.open();
    const people = ['U0ANNA', 'U0BEN', 'U0CLEO', 'U0DORA'];

    const ends = await Promise.allSettled(
      people.map((slack, index) =>
        (index % 2 === 0 ? store : other).links.put(aLink({ slack }), entry),
      ),
    );

    const winner = await store.links.ofOnezone('onezone-lena');
    const lost = ends.filter((end) => end.status === 'rejected').map((end): unknown => end.reason);
    expect(lost).toEqual(Array(3).fill(refusals.linkTaken(`<@${winner?.slack ?? ''}>`)));
    expect(await recorded()).toEqual(['linked']);
  });

  it('can be removed, which is recorded when there was one', async () => {
    await store.links.put(aLink(), entry);
    const gone = anEntry({ what: 'unlinked' });

    const unlink = { slack: 'U0LENA', onezone: 'onezone-lena', by: 'U0ADMIN', at: NOW };
    expect(await store.links.remove({ ...unlink, onezone: 'onezone-other' }, gone)).toBe(false);
    expect(await store.links.remove(unlink, gone)).toBe(true);
    expect(await store.links.remove(unlink, gone)).toBe(false);

    expect(await store.links.ofSlack('U0LENA')).toBeNull();
    expect(await recorded()).toEqual(['linked', 'unlinked']);
  });

  it('are remembered after their end: who made them, how, and who ended them', async () => {
    const second = aLink({
      onezone: 'onezone-other',
      by: 'U0CURATOR',
      how: 'by proof',
      at: after(1),
    });
    await store.links.put(aLink(), entry);
    await store.links.put(second, entry);
    const unlink = { slack: 'U0LENA', onezone: 'onezone-other', by: 'U0BEN', at: after(2) };
    await store.links.remove(unlink, anEntry({ what: 'unlinked' }));
    await store.links.put(aLink({ at: after(3) }), entry);

    expect(await store.links.history('U0LENA')).toEqual([
      { ...aLink(), until: after(1), endedBy: 'U0CURATOR' },
      { ...second, until: after(2), endedBy: 'U0BEN' },
      { ...aLink({ at: after(3) }), until: null, endedBy: null },
    ]);
    expect(await store.links.history('U0BEN')).toEqual([]);
  });
});
