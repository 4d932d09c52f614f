import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { notice } from '../../src/requests/jobs.js';
import type { Entry } from '../../src/requests/step.js';
import type { Store } from '../../src/store/store.js';
import { NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('user groups that cannot be read, on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const entry = (what: Entry['what']): Entry => {
    const about = { request: null, service: null, people: [] };
    return { at: NOW, who: 'bot', what, ...about, detail: { group: 'S0CURATORS' } };
  };
  const told = (id: string) => ({
    entry: entry('group unreadable'),
    jobs: [notice('It cannot be read.', { id, now: NOW })],
  });
  const waiting = async () => (await store.jobs.counts(NOW)).waiting;
  const words = async () => (await store.audit.latest(10)).map(({ what }) => what);

  it('are told once, whichever replica finds it', async () => {
    const other = await database.open();
    const adding = [store, other].map((replica, at) =>
      replica.unreadableGroups.add('S0CURATORS', told(String(at))),
    );
    expect((await Promise.all(adding)).filter((added) => added)).toHaveLength(1);
    expect(await other.unreadableGroups.add('S0CURATORS', told('later'))).toBe(false);
    expect(await waiting()).toBe(1);
    expect(await words()).toEqual(['group unreadable']);
  });

  it('are told again after they could be read, each by itself', async () => {
    const { unreadableGroups: groups } = store;
    expect(await groups.remove('S0CURATORS', entry('group readable'))).toBe(false);
    await groups.add('S0CURATORS', told('first'));
    await groups.add('S0OTHERS', told('others'));
    expect(await groups.remove('S0CURATORS', entry('group readable'))).toBe(true);
    expect(await groups.add('S0OTHERS', told('others again'))).toBe(false);
    expect(await groups.add('S0CURATORS', told('second'))).toBe(true);
    expect(await waiting()).toBe(3);
  });
});
