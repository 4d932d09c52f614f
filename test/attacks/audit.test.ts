import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EMPTY_CHAIN, nextLink } from '../../src/store/audit-chain.js';
import type { Store } from '../../src/store/store.js';
import { aGrant, anEntry, aStep } from '../builders.js';
import { auditCli } from '../support/audit-cli.js';
import { sqliteEngine, type TestDatabase } from '../store/databases.js';

const KEEP =
  'Next: stop the desk, keep the database as it is as evidence, and compare with a backup and with the heads in the operators’ channel.\n';

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await sqliteEngine.create();
  store = await database.open();
  await store.requests.commit(aStep(aGrant()));
  await store.requests.commit(aStep(aGrant({ version: 2 })));
  await store.audit.append(anEntry({ what: 'refused', request: 'R-0000000A' }));
  await store.audit.append(anEntry({ what: 'policy loaded', request: null }));
  await store.audit.append(anEntry({ what: 'linked', request: null, detail: { who: 'lena' } }));
});
afterEach(() => database.drop());

/** Whoever has the database takes the guards away first. */
async function tamper(...statements: readonly string[]): Promise<void> {
  for (const guard of ['audit_no_update', 'audit_no_delete']) {
    await database.raw(`drop trigger ${guard}`);
  }
  for (const statement of statements) await database.raw(statement);
}

const verify = (...args: readonly string[]) => auditCli(database.url, 'verify', ...args);

describe('Whatever is done to the audit behind the desk’s back is named, with the line and what to do', () => {
  it('is unbroken while nobody has touched it, also for a head that is known from elsewhere', async () => {
    const [, second] = await store.audit.read({ after: 0, limit: 2 });
    const [last] = await store.audit.latest(1);
    const hash = second?.hash ?? '';

    const unbroken = { code: 0, out: `5 lines, unbroken. Head: ${last?.hash ?? ''}\n`, err: '' };
    expect(await verify()).toEqual(unbroken);
    expect(await verify('--head', hash)).toEqual(unbroken);
    expect(await verify('--head', hash.toUpperCase(), '--lines', '2')).toEqual(unbroken);
  });

  it.each([
    ['the text', `update audit set line = replace(line, 'lena', 'emil') where seq = 5`, 5, 'text'],
    ['the text, to no JSON at all,', `update audit set line = 'nothing' where seq = 2`, 2, 'text'],
    ['the hash', `update audit set hash = '${'0'.repeat(64)}' where seq = 3`, 3, 'text'],
    ['the request', `update audit set request = 'R-0000000B' where seq = 3`, 3, 'column'],
    ['the request, taken away,', 'update audit set request = null where seq = 3', 3, 'column'],
    ['the version', 'update audit set version = 3 where seq = 2', 2, 'column'],
    ['the version, taken away,', 'update audit set version = null where seq = 1', 1, 'column'],
  ])('someone edits a line: %s is named as altered', async (_, statement, line, how) => {
    await tamper(statement);

    const why =
      how === 'text'
        ? `the text of line ${String(line)} and its hash do not belong together.`
        : `a column of line ${String(line)} says something else than its text.`;
    expect(await verify()).toEqual({ code: 10, out: '', err: `Altered: ${why} ${KEEP}` });
  });

  it('someone edits the number of a line: it is named as re-ordered, and where it stands', async () => {
    await tamper('update audit set seq = 9 where seq = 4');

    const err = `Re-ordered: line 4 stands in place 9. ${KEEP}`;
    expect(await verify()).toEqual({ code: 12, out: '', err });
  });

  it('someone edits a line and computes its hash anew: the next line still names the old one', async () => {
    const [first] = await store.audit.read({ after: 0, limit: 1 });
    const forged = nextLink(first ?? EMPTY_CHAIN, {
      ...anEntry({ who: 'U0EVIL', request: 'R-0000000A' }),
      version: 2,
    });
    await tamper(`update audit set line = '${forged.line}', hash = '${forged.hash}' where seq = 2`);

    const err = `Altered: line 2 was written anew together with its hash; what follows it names another. ${KEEP}`;
    expect(await verify()).toEqual({ code: 10, out: '', err });
  });

  it('someone forges a line after the last: the desk’s own end of the chain is before it', async () => {
    const [last] = await store.audit.latest(1);
    const { seq, line, hash } = nextLink(last ?? EMPTY_CHAIN, {
      ...anEntry({ request: null }),
      version: null,
    });
    await database.raw(
      `insert into audit (seq, line, hash) values (${String(seq)}, '${line}', '${hash}')`,
    );

    const err = `Altered: line 6 was added by something else than the desk, whose chain ends before it. ${KEEP}`;
    expect(await verify()).toEqual({ code: 10, out: '', err });
  });

  it.each([
    ['one', ['delete from audit where seq = 3'], 'line 3 is'],
    ['two', ['delete from audit where seq in (2, 3)'], 'lines 2 to 3 are'],
    ['the first', ['delete from audit where seq = 1'], 'line 1 is'],
    [
      'one and closes the gap',
      [
        'delete from audit where seq = 3',
        'update audit set seq = 3 where seq = 4',
        'update audit set seq = 4 where seq = 5',
      ],
      'line 3 is',
    ],
  ])(
    'someone deletes lines before others, %s: which ones is said',
    async (_, statements, which) => {
      await tamper(...statements);

      const err = `Removed: ${which} missing, and later lines are there. ${KEEP}`;
      expect(await verify()).toEqual({ code: 11, out: '', err });
    },
  );

  it('someone swaps two lines: both places are said', async () => {
    await tamper(
      'update audit set seq = 9 where seq = 2',
      'update audit set seq = 2 where seq = 4',
      'update audit set seq = 4 where seq = 9',
    );

    const err = `Re-ordered: line 2 stands in place 4. ${KEEP}`;
    expect(await verify()).toEqual({ code: 12, out: '', err });
  });

  it('someone cuts the end off: the desk remembers beside it how many lines there were', async () => {
    await tamper('delete from audit where seq > 3');

    const err = `Cut: lines 4 to 5 are missing at the end. ${KEEP}`;
    expect(await verify()).toEqual({ code: 13, out: '', err });
  });

  it('someone cuts the end off and sets back what the desk remembers: a request has moved without a line', async () => {
    await tamper(
      'delete from audit where seq > 1',
      'update audit_head set seq = 1, hash = (select hash from audit)',
    );

    const err = `Cut: lines from 2 on are missing at the end. ${KEEP}`;
    expect(await verify()).toEqual({ code: 13, out: '', err });
  });

  it('someone cuts off lines that moved no request and sets back what the desk remembers: the head in Slack shows it', async () => {
    const [last] = await store.audit.latest(1);
    await tamper(
      'delete from audit where seq > 3',
      'update audit_head set seq = 3, hash = (select hash from audit where seq = 3)',
    );

    expect((await verify()).code).toBe(0);
    const head = ['--head', last?.hash ?? ''];
    const cut = `Cut: lines 4 to 5 are missing at the end. ${KEEP}`;
    expect(await verify(...head, '--lines', '5')).toEqual({ code: 13, out: '', err: cut });
    const other = `Another chain: it is unbroken in itself, but no line has the hash of --head. So it was written anew, or the head is that of another desk. ${KEEP}`;
    expect(await verify(...head)).toEqual({ code: 18, out: '', err: other });
  });

  it('someone writes the whole chain anew, every hash right: the head in Slack shows it', async () => {
    const lines = await store.audit.read({ after: 0, limit: 9 });
    const statements: string[] = [];
    let last = EMPTY_CHAIN;
    for (const line of lines) {
      const forged = nextLink(last, { ...line, who: 'U0SOMEONE' });
      statements.push(
        `update audit set line = '${forged.line}', hash = '${forged.hash}' where seq = ${String(forged.seq)}`,
      );
      last = forged;
    }
    await tamper(...statements, `update audit_head set hash = '${last.hash}'`);

    expect((await verify()).code).toBe(0);
    const err = `Another chain: it is unbroken in itself, but line 5 does not have the hash of --head. So it was written anew, or the head is that of another desk. ${KEEP}`;
    const head = lines.at(-1)?.hash ?? '';
    expect(await verify('--head', head, '--lines', '5')).toEqual({ code: 18, out: '', err });
  });

  it('someone empties the table: how many lines are gone is said', async () => {
    await tamper('delete from audit');

    const err = `Emptied: lines 1 to 5 are gone, and none is left. ${KEEP}`;
    expect(await verify()).toEqual({ code: 14, out: '', err });
  });

  it('someone empties the table and sets back what the desk remembers: it does not pass for a new desk', async () => {
    await tamper(
      'delete from audit',
      `update audit_head set seq = 0, hash = '${EMPTY_CHAIN.hash}'`,
    );

    const err = `Emptied: all lines are gone, and none is left. ${KEEP}`;
    expect(await verify()).toEqual({ code: 14, out: '', err });
  });

  it.each(['delete from audit_head', 'drop table audit_head'])(
    'someone takes away what the desk remembers (%s): that the end cannot be told is said',
    async (statement) => {
      await tamper(statement);

      const err = `No head: the lines up to 5 are unbroken, but what says where the chain ends is gone, so lines may be missing at the end. ${KEEP}`;
      expect(await verify()).toEqual({ code: 17, out: '', err });
    },
  );

  it('someone drops the table: it is missing, not empty', async () => {
    await tamper('drop table audit');

    const err =
      'Missing: the database of DATABASE_URL has no audit. Next: check DATABASE_URL; if it is right, the table was dropped or the desk has never started: restore it from a backup.\n';
    expect(await verify()).toEqual({ code: 16, out: '', err });
    expect(await auditCli(database.url, 'export')).toEqual({ code: 16, out: '', err });
  });

  it('someone drops the file: it is missing, and looking at it does not make another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    const url = `sqlite:${join(folder, 'sub', 'desk.db')}`;

    const err =
      'Missing: there is no database at DATABASE_URL. Next: check DATABASE_URL and the folder in which this runs; if both are right, the database is gone: restore it from a backup.\n';
    expect(await auditCli(url, 'verify')).toEqual({ code: 16, out: '', err });
    expect(await auditCli(url, 'export')).toEqual({ code: 16, out: '', err });
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('someone puts a new database in its place: it is empty, which is neither unbroken nor emptied', async () => {
    const other = await sqliteEngine.create();
    await (await other.open()).close();

    const err =
      'Empty: no line was ever written to this audit. So it is with a new desk. If this desk has been in use, it is another database: check DATABASE_URL, and compare with a backup.\n';
    expect(await auditCli(other.url, 'verify')).toEqual({ code: 15, out: '', err });
    await other.drop();
  });

  it('someone writes rubbish over the file: it cannot be read, which is not unbroken either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    const path = join(folder, 'desk.db');
    writeFileSync(path, 'rubbish '.repeat(1000));

    const err = 'The audit cannot be read: file is not a database\n';
    expect(await auditCli(`sqlite:${path}`, 'verify')).toEqual({ code: 69, out: '', err });
    rmSync(folder, { recursive: true });
  });
});
