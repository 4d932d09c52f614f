import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteToRead } from '../../src/store/sqlite.js';
import { anEntry } from '../builders.js';
import { auditCli, auditCliIn } from '../support/audit-cli.js';
import { engines, sqliteEngine, type TestDatabase } from './databases.js';
import { loadReleased } from './released.js';

describe.each(engines)('the audit’s commands on $name', ({ name, create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.drop());

  it('read while the desk writes, and print what it wrote', async () => {
    const store = await database.open();
    const first = await store.audit.append(anEntry());

    const exported = await auditCli(database.url, 'export');
    expect(exported).toEqual({ code: 0, out: `${JSON.stringify(first)}\n`, err: '' });
    const second = await store.audit.append(anEntry());
    expect(await auditCli(database.url, 'verify')).toEqual({
      code: 0,
      out: `2 lines, unbroken. Head: ${second.hash}\n`,
      err: '',
    });
  });

  it('name what is cut, emptied or missing, each by its code', async () => {
    const store = await database.open();
    expect((await auditCli(database.url, 'verify')).code).toBe(15);
    for (let count = 0; count < 3; count += 1) await store.audit.append(anEntry());
    const guards =
      name === 'SQLite'
        ? ['drop trigger audit_no_delete']
        : ['drop trigger audit_no_rewrite on audit'];
    const codes: number[] = [];
    for (const statement of [
      'delete from audit where seq = 3',
      'delete from audit where seq = 1',
      'delete from audit',
      'drop table audit',
    ]) {
      for (const each of [...guards.splice(0), statement]) await database.raw(each);
      codes.push((await auditCli(database.url, 'verify')).code);
    }
    expect(codes).toEqual([13, 11, 14, 16]);
  });

  it('take the lines of version 0.1.0 as they are, and guard the columns beside them', async () => {
    await loadReleased(database);
    expect(await auditCli(database.url, 'verify')).toMatchObject({ code: 0, err: '' });
    const store = await database.open();
    await store.audit.append(anEntry());
    const verified = await auditCli(database.url, 'verify');
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(verified.out).toMatch(/^80 lines, unbroken\./);

    const guards =
      name === 'SQLite' ? 'drop trigger audit_no_update' : 'drop trigger audit_no_rewrite on audit';
    await database.raw(guards);
    await database.raw('update audit set version = 9 where seq = 2');
    expect((await auditCli(database.url, 'verify')).err).toMatch(
      /^Altered: a column of line 2 says something else than its text\./,
    );
  });

  it('refuse a database of a newer version', async () => {
    await (await database.open()).close();
    await database.raw(`insert into handle_desk_migration values ('0099-newer', '2099-01-01')`);

    const { code, err } = await auditCli(database.url, 'verify');
    expect(code).toBe(69);
    expect(err).toMatch(
      /^The audit cannot be read: This database was used by a newer version of Handle Desk: it has “0099-newer”/,
    );
  });
});

describe('the audit’s commands', () => {
  it('leave a database that nobody uses as it is, to the byte and without side files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    const path = join(folder, 'a #1?%.db');
    const made = await sqliteEngine.create();
    const store = await made.open();
    await store.audit.append(anEntry());
    await store.close();
    await made.raw(`vacuum into '${path}'`);
    await made.drop();
    const before = readFileSync(path);

    expect((await auditCli(`sqlite:${path}`, 'verify')).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['a #1?%.db']);
    expect(readFileSync(path).equals(before)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('open a file in a way that cannot write, also while the desk has it open', async () => {
    const database = await sqliteEngine.create();
    const store = await database.open();
    await store.audit.append(anEntry());
    const opened = openSqliteToRead(database.url.replace('sqlite:', ''));

    await expect(opened?.db.deleteFrom('posts').execute()).rejects.toThrow(
      'attempt to write a readonly database',
    );
    await opened?.db.destroy();
    await database.drop();
  });

  it.each<[Readonly<Record<string, string>>, readonly string[], string]>([
    [{ DATABASE_URL: 'mysql://x' }, ['verify'], 'DATABASE_URL '],
    [{ DATABASE_URL_FILE: '/nowhere' }, ['export'], 'DATABASE_URL_FILE names a file that cannot'],
    [{ DATABASE_URL: 'sqlite::memory:' }, ['verify', '--lines', '3'], '--lines needs --head\n'],
  ])('end with 78 for settings that are not right: %j', async (env, args, words) => {
    const { code, out, err } = await auditCliIn(env, ...args);
    expect({ code, out, start: err.slice(0, words.length) }).toEqual({
      code: 78,
      out: '',
      start: words,
    });
  });

  it('end with 69 where the database cannot be reached, and do not show its address', async () => {
    const url = 'postgres://me:geheim@127.0.0.1:1/desk';
    expect(await auditCli(url, 'verify')).toEqual({
      code: 69,
      out: '',
      err: 'The audit cannot be read: The database of DATABASE_URL cannot be reached (ECONNREFUSED).\n',
    });
  });

  it('say their exit codes in their help, and refuse a head that is none', async () => {
    const help = await auditCli('sqlite::memory:', 'verify', '--help');
    expect(help.code).toBe(0);
    for (const line of [
      '   0  every line follows',
      '  13  lines are missing at the end',
      '  78  ',
    ]) {
      expect(help.out).toContain(line);
    }
    expect(await auditCli('sqlite::memory:', 'verify', '--head', 'abc')).toEqual({
      code: 1,
      out: '',
      err: "error: option '--head <hash>' argument 'abc' is invalid. A head is 64 hexadecimal digits.\n",
    });
  });
});
