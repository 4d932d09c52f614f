import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KnownService, Store } from '../../src/store/store.js';
import { NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const aService = (id: string, name: string): KnownService => ({
  id,
  name,
  registrar: 'DOI',
  prefix: '10.5072',
  readAt: NOW,
});

describe.each(engines)('known handle services on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const found = async (text: string, limit = 10, offset = 0): Promise<readonly string[]> =>
    (await store.services.search(text, { limit, offset })).map((service) => service.name);

  it('are those that the zone has now', async () => {
    await store.services.replaceAll([aService('a', 'Old'), aService('b', 'Gone')]);
    const now = [
      aService('a', 'New'),
      { ...aService('c', 'Third'), registrar: null, prefix: null },
    ];
    await store.services.replaceAll(now);

    expect(await store.services.search('', { limit: 10 })).toEqual(now);
    expect(await store.services.count()).toBe(2);
    expect(await store.services.get('b')).toBeNull();
  });

  it('can be none', async () => {
    await store.services.put(aService('a', 'DataCite'));
    await store.services.replaceAll([]);

    expect(await store.services.count()).toBe(0);
  });

  it('can be as many as the zone likes', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => aService(`s${String(index)}`, 'Same'));
    await store.services.replaceAll(many);

    expect(await store.services.count()).toBe(1203);
    expect(await store.services.byName('SAME')).toHaveLength(1203);
  });

  it('are put, replaced and removed one by one', async () => {
    await store.services.put(aService('a', 'DataCite'));
    await store.services.put(aService('a', 'DataCite 2'));

    expect(await store.services.get('a')).toEqual(aService('a', 'DataCite 2'));
    expect(await store.services.byName('datacite')).toEqual([]);
    await store.services.remove('a');
    expect(await store.services.get('a')).toBeNull();
  });

  it('keep what was there when the new ones cannot be written', async () => {
    await store.services.put(aService('a', 'DataCite'));
    const unwritable = { ...aService('b', 'x'), id: null };

    // @ts-expect-error An id that is null is what the database refuses.
    await expect(store.services.replaceAll([unwritable])).rejects.toThrow(
      /services.*id|id.*services/,
    );
    expect(await store.services.count()).toBe(1);
  });

  it('are found by their whole name in any case, and by nothing less', async () => {
    await store.services.put(aService('a', 'Göttingen PID'));
    await store.services.put(aService('b', 'göttingen pid'));

    expect((await store.services.byName(' GÖTTINGEN PID ')).map((service) => service.id)).toEqual([
      'a',
      'b',
    ]);
    expect(await store.services.byName('göttingen%')).toEqual([]);
  });

  it('are searched page by page, those that begin with the text first', async () => {
    await store.services.replaceAll(
      ['ePIC', 'the epic', 'Epic 2', 'DataCite', 'an epic'].map((name, index) =>
        aService(`s${String(index)}`, name),
      ),
    );

    expect(await found('EPIC')).toEqual(['ePIC', 'Epic 2', 'an epic', 'the epic']);
    expect(await found('epic', 2)).toEqual(['ePIC', 'Epic 2']);
    expect(await found('epic', 2, 2)).toEqual(['an epic', 'the epic']);
    expect(await found('')).toEqual(['an epic', 'DataCite', 'ePIC', 'Epic 2', 'the epic']);
  });

  it.each(['%', '_', '!', 'a%c'])('takes %j as it stands', async (text) => {
    await store.services.replaceAll([aService('a', 'abc'), aService('b', `x${text}x`)]);

    expect(await found(text)).toEqual([`x${text}x`]);
  });
});
