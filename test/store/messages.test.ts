import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import { after, NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('messages on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  it('are remembered by their key, as they were posted last', async () => {
    const posted = { channel: 'C1', ts: '1700000000.000100', hash: 'abc' };
    await store.posts.put('tell:R-0000000A:approval:C1', posted);
    await store.posts.put('tell:R-0000000A:approval:C1', { ...posted, hash: 'def' });

    expect(await store.posts.get('tell:R-0000000A:approval:C1')).toEqual({
      ...posted,
      hash: 'def',
    });
    expect(await store.posts.get('tell:R-0000000B:approval:C1')).toBeNull();
  });

  it('are delivered for the first time once, to whichever replica', async () => {
    const other = await database.open();

    const first = await Promise.all(
      [store, other, store, other].map((replica) => replica.deliveries.isFirst('Ev1', NOW)),
    );

    expect(first.filter((wasFirst) => wasFirst)).toHaveLength(1);
    expect(await store.deliveries.isFirst('Ev2', NOW)).toBe(true);
  });

  it('are forgotten when they are old', async () => {
    await store.deliveries.isFirst('old', NOW);
    await store.deliveries.isFirst('new', after(1));
    await store.deliveries.sweep(after(1));

    expect(await store.deliveries.isFirst('old', after(2))).toBe(true);
    expect(await store.deliveries.isFirst('new', after(2))).toBe(false);
  });
});
