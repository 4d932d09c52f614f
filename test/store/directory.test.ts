import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DirectoryUser, Store } from '../../src/store/store.js';
import { after, NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

const aUser = (said: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: 'lena',
  fullName: 'Lena Krüger',
  username: 'lena.k',
  emails: ['lena@example.org'],
  blocked: false,
  readAt: NOW,
  ...said,
});

describe.each(engines)('the directory on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const found = async (text: string, limit = 10): Promise<readonly string[]> =>
    (await store.directory.search(text, limit)).map((user) => user.id);

  it('remembers users', async () => {
    const ben = aUser({ id: 'ben', username: null, emails: [], blocked: true });
    await store.directory.put([aUser(), ben]);

    expect(await store.directory.get('lena')).toEqual(aUser());
    expect(await store.directory.get('ben')).toEqual(ben);
    expect(await store.directory.get('nobody')).toBeNull();
    expect([...(await store.directory.ids())].sort()).toEqual(['ben', 'lena']);
  });

  it('remembers what was read last', async () => {
    await store.directory.put([aUser()]);
    const married = aUser({ fullName: 'Lena Öz', emails: ['oz@example.org'] });
    await store.directory.put([aUser({ fullName: 'never mind' }), married]);

    expect(await store.directory.get('lena')).toEqual(married);
    expect(await store.directory.byEmail('lena@example.org')).toEqual([]);
    expect(await found('krüger')).toEqual([]);
    expect(await found('öz')).toEqual(['lena']);
  });

  it('takes more users than fit into one statement', async () => {
    const many = Array.from({ length: 1203 }, (_, index) =>
      aUser({
        id: `u${String(index)}`,
        emails: [`u${String(index)}@example.org`, 'all@example.org'],
      }),
    );
    await store.directory.put(many);

    expect(await store.directory.state()).toEqual({ users: 1203, completeAt: null });
    expect(await store.directory.byEmail('all@example.org')).toHaveLength(1203);
    await store.directory.remove(many.slice(1).map((user) => user.id));
    expect(await store.directory.byEmail('all@example.org')).toEqual([many[0]]);
    expect(await store.directory.ids()).toEqual(['u0']);
  });

  it('takes and removes nothing', async () => {
    await store.directory.put([]);
    await store.directory.remove([]);

    expect(await store.directory.ids()).toEqual([]);
  });

  it('finds all who have an e-mail address, as it is', async () => {
    const twice = ['shared@example.org', 'shared@example.org'];
    await store.directory.put([
      aUser({ emails: twice }),
      aUser({ id: 'ben', emails: twice }),
      aUser({ id: 'cleo' }),
    ]);

    const users = await store.directory.byEmail('shared@example.org');
    expect(users.map((user) => user.id)).toEqual(['ben', 'lena']);
    expect(await store.directory.byEmail('%')).toEqual([]);
  });

  it('takes a user with more addresses than fit into an index, and one that is no address', async () => {
    const emails = Array.from({ length: 300 }, (_, index) => `lena.${String(index)}@example.org`);
    const endless = `${'x'.repeat(9000)}@example.org`;
    await store.directory.put([aUser({ emails: [...emails, endless] })]);

    expect(await store.directory.byEmail('lena.299@example.org')).toHaveLength(1);
    expect(await store.directory.byEmail(endless)).toEqual([]);
  });

  it('knows who was read longest ago', async () => {
    await store.directory.put([
      aUser({ id: 'c', readAt: after(3) }),
      aUser({ id: 'a', readAt: after(1) }),
      aUser({ id: 'b', readAt: after(2) }),
    ]);

    expect(await store.directory.stalest(1, after(3))).toEqual(['a']);
    expect(await store.directory.stalest(9, after(3))).toEqual(['a', 'b']);
  });

  it('knows since when it is complete', async () => {
    await store.directory.markComplete(NOW);
    await store.directory.markComplete(after(1));

    expect(await store.directory.state()).toEqual({ users: 0, completeAt: after(1) });
  });

  describe('search', () => {
    it.each([
      ['part of a name', 'krüg'],
      ['another case, not only of ASCII', 'KRÜGER'],
      ['a letter put together from two', 'kru\u0308ger'],
      ['part of a user name', 'na.k'],
      ['part of an e-mail address', 'A@EXAMPLE'],
      ['the id', 'lena'],
      ['text between blanks', '  lena  '],
    ])('finds by %s', async (_, text) => {
      await store.directory.put([
        aUser(),
        aUser({ id: 'ben', fullName: 'Ben', username: null, emails: [] }),
      ]);

      expect(await found(text)).toEqual(['lena']);
    });

    it.each(['%', '_', 'l%a', 'l_na', '!', '!%', '\\', "'", 'lena\0', 'a\nb', 'LEN A'])(
      'takes %j as it stands',
      async (text) => {
        await store.directory.put([
          aUser({ fullName: 'Max', id: 'max', username: null, emails: [] }),
        ]);

        expect(await found(text)).toEqual([]);
      },
    );

    it.each(['100%', 'a_b', 'wow!', 'back\\slash', "O'Neil", '!%_!'])(
      'finds %j itself',
      async (name) => {
        await store.directory.put([
          aUser({ id: 'it', fullName: `x${name}x` }),
          aUser({ fullName: 'xx aXb 100x' }),
        ]);

        expect(await found(name)).toEqual(['it']);
      },
    );

    it('puts whole fields first, then beginnings, then beginnings of words, then the rest', async () => {
      const named = (id: string, fullName: string) =>
        aUser({ id, fullName, username: null, emails: [] });
      await store.directory.put([
        named('inside', 'Selma'),
        named('word', 'Anna Elm'),
        named('begins', 'Elmar'),
        { ...named('user-name', 'Zoe'), username: 'elm' },
        named('elm', 'Yan'),
        named('whole', 'ELM'),
      ]);

      expect(await found('elm')).toEqual(['whole', 'elm', 'user-name', 'begins', 'word', 'inside']);
      expect(await found('elm', 2)).toEqual(['whole', 'elm']);
    });

    it('finds nobody by nothing', async () => {
      await store.directory.put([aUser()]);

      expect(await found('  ')).toEqual([]);
    });

    it('finds everyone by any part of their name', async () => {
      const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(name, fc.nat(), fc.nat(), async (fullName, from, length) => {
          const letters = [...new Intl.Segmenter().segment(fullName)].map(
            (letter) => letter.segment,
          );
          const start = from % letters.length;
          const part = letters.slice(start, start + 1 + (length % letters.length)).join('');
          fc.pre(part.replaceAll('\0', '').trim() !== '' && !part.includes('Σ'));
          await store.directory.put([aUser({ fullName, username: null, emails: [] })]);

          expect(await store.directory.get('lena')).toMatchObject({ fullName });
          expect(await found(part)).toEqual(['lena']);
        }),
        { numRuns: 50 },
      );
    });
  });
});
