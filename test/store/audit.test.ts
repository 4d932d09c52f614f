import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nextLink, EMPTY_CHAIN } from '../../src/store/audit-chain.js';
import type { Store } from '../../src/store/store.js';
import { anEntry, NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('the audit on $name', ({ name, create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(() => database.drop());

  const write = async (count: number): Promise<void> => {
    for (let index = 1; index <= count; index += 1) {
      await store.audit.append(anEntry({ detail: { index } }));
    }
  };

  /** Someone with the database's password takes the guard away first. */
  const tamper = async (...statements: readonly string[]): Promise<void> => {
    const guards =
      name === 'SQLite'
        ? ['drop trigger audit_no_update', 'drop trigger audit_no_delete']
        : ['drop trigger audit_no_rewrite on audit'];
    for (const statement of [...guards, ...statements]) await database.raw(statement);
  };

  it('gives back what was said of an event', async () => {
    const entry = anEntry({
      who: 'U0ANNA',
      what: 'linked',
      request: 'R-0000000A',
      service: { id: null, name: 'DataCite “Süd”' },
      people: ['U0LENA'],
      detail: { nested: { list: [1, null, 'x'] }, nothing: null },
    });

    const line = await store.audit.append(entry);

    expect(line).toEqual({
      ...entry,
      seq: 1,
      previous: '0'.repeat(64),
      version: null,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await store.audit.latest(1)).toEqual([line]);
  });

  it('says dates in the detail as text, and leaves out what is not there', async () => {
    const line = await store.audit.append(anEntry({ detail: { at: NOW, absent: undefined } }));

    expect(line.detail).toEqual({ at: '2026-03-02T09:00:00.000Z' });
  });

  it('ties each line to the one before', async () => {
    await write(3);
    const lines = await store.audit.read({ after: 0, limit: 10 });

    expect(lines.slice(1).map((line) => line.previous)).toEqual(
      lines.slice(0, 2).map((line) => line.hash),
    );
  });

  it('is read in pages from either end', async () => {
    await write(5);

    const page = await store.audit.read({ after: 2, limit: 2 });
    expect(page.map((line) => line.seq)).toEqual([3, 4]);
    const latest = await store.audit.latest(2);
    expect(latest.map((line) => line.seq)).toEqual([5, 4]);
  });

  it('stays one chain when two replicas write at once', async () => {
    const other = await database.open();
    const entries = Array.from({ length: 40 }, (_, index) => anEntry({ detail: { index } }));

    await Promise.all(
      entries.map((entry, index) => (index % 2 === 0 ? store : other).audit.append(entry)),
    );

    expect(await store.audit.verify()).toMatchObject({ lines: 40, brokenAt: null });
  });

  describe('verify', () => {
    it('holds for an empty chain', async () => {
      expect(await store.audit.verify()).toEqual({
        lines: 0,
        brokenAt: null,
        head: '0'.repeat(64),
        finding: null,
      });
    });

    it('holds for what we wrote, and names the head', async () => {
      await write(3);
      const [last] = await store.audit.latest(1);

      expect(await store.audit.verify()).toEqual({
        lines: 3,
        brokenAt: null,
        head: last?.hash,
        finding: null,
      });
    });

    it('walks more than one page', async () => {
      await write(3);
      await store.close();
      const pages = await database.open({ auditPage: 2 });

      expect(await pages.audit.verify()).toMatchObject({ lines: 3, brokenAt: null });
      await tamper(`update audit set line = replace(line, '"index":3', '"index":9')`);
      expect(await pages.audit.verify()).toMatchObject({ lines: 2, brokenAt: 3 });
    });

    it.each([
      ['changed', 3, [`update audit set line = replace(line, '"index":3', '"index":4')`]],
      ['removed', 3, ['delete from audit where seq = 3']],
      [
        'removed with the gap closed',
        3,
        [
          'delete from audit where seq = 3',
          'update audit set seq = seq - 1 where seq = 4',
          'update audit set seq = seq - 1 where seq = 5',
        ],
      ],
      [
        'inserted',
        4,
        [
          'update audit set seq = 6 where seq = 5',
          'update audit set seq = 5 where seq = 4',
          'insert into audit (seq, line, hash) select 4, line, hash from audit where seq = 3',
        ],
      ],
      [
        'reordered',
        2,
        [
          'update audit set seq = 9 where seq = 2',
          'update audit set seq = 2 where seq = 3',
          'update audit set seq = 3 where seq = 9',
        ],
      ],
      [
        'given another number',
        5,
        ['update audit set seq = 7 where seq = 5', 'update audit_head set seq = 7'],
      ],
      ['truncated', 4, ['delete from audit where seq > 3']],
      ['wiped', 1, ['delete from audit']],
      [
        'added after the head',
        5,
        [`update audit_head set seq = 4, hash = (select hash from audit where seq = 4)`],
      ],
      ['without a head', 6, ['delete from audit_head']],
    ])('finds a line that was %s', async (_, brokenAt, statements) => {
      await write(5);
      await tamper(...statements);

      expect(await store.audit.verify()).toMatchObject({ lines: brokenAt - 1, brokenAt });
    });

    it('finds a last line that was changed together with its hash', async () => {
      await write(3);
      const [, before] = await store.audit.latest(2);
      const { line, hash } = nextLink(before ?? EMPTY_CHAIN, anEntry({ who: 'U0EVIL' }));
      await tamper(`update audit set line = '${line}', hash = '${hash}' where seq = 3`);

      expect(await store.audit.verify()).toMatchObject({ lines: 2, brokenAt: 3 });
    });
  });

  it.each([
    ['changed', `update audit set line = '{}'`],
    ['removed', 'delete from audit'],
  ])('lets no line be %s from a shell', async (_, statement) => {
    await write(1);

    await expect(
      (async () => {
        await database.raw(statement);
      })(),
    ).rejects.toThrow('the audit is append-only');
  });

  it('does not go on without its head', async () => {
    await write(1);
    await database.raw('delete from audit_head');

    await expect(write(1)).rejects.toThrow(new Error('The audit has lost its head; verify it.'));
  });
});
