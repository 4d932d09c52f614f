import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { anEntry } from '../builders.js';
import { backUpCli } from '../support/audit-cli.js';
import { oneEngine, type TestDatabase } from './databases.js';

const isSqlite = oneEngine().name === 'SQLite';
const onSqlite = isSqlite ? it : it.skip;

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await oneEngine().create();
  folder = isSqlite ? dirname(database.url.slice('sqlite:'.length)) : '';
});
afterEach(() => database.drop());

onSqlite('a backup is never written over, nor is anything else that is there', async () => {
  await (await database.open()).audit.append(anEntry());
  const copy = join(folder, 'copy.db');
  writeFileSync(copy, 'yesterday');
  expect(await backUpCli(database.url, copy)).toEqual({
    code: 2,
    out: '',
    err: `There is a file ${copy} already; name another.\n`,
  });
  expect(readFileSync(copy, 'utf8')).toBe('yesterday');
});

onSqlite('a backup that fails leaves nothing behind', async () => {
  const nowhere = await backUpCli(`sqlite:${join(folder, 'nowhere.db')}`, join(folder, 'copy.db'));
  expect(nowhere).toMatchObject({ code: 16, out: '' });
  expect(nowhere.err).toMatch(/^Missing: there is no database at DATABASE_URL\./);

  const other = join(folder, 'other.db');
  writeFileSync(
    other,
    'This is no database, though it is long enough to be taken for one. '.repeat(99),
  );
  const failed = await backUpCli(`sqlite:${other}`, join(folder, 'copy.db'));
  expect(failed).toMatchObject({ code: 69, out: '' });
  expect(failed.err).toMatch(/^No backup was made: .*not a database/);
  expect(readdirSync(folder).filter((file) => file.startsWith('copy'))).toEqual([]);
});

onSqlite('a backup says what is wrong with the audit in it, and is kept', async () => {
  const store = await database.open();
  for (let count = 0; count < 3; count += 1) await store.audit.append(anEntry());
  await database.raw('drop trigger audit_no_delete');
  await database.raw('delete from audit where seq = 3');
  const copy = join(folder, 'copy.db');
  const made = await backUpCli(database.url, copy);
  expect(made).toMatchObject({ code: 13, out: `The database was copied to ${copy}.\n` });
  expect(made.err).toMatch(/^Cut: line 3 is missing at the end\./);
  expect(existsSync(copy)).toBe(true);
});

it('PostgreSQL is left to its own tools, and wrong settings are named', async () => {
  expect(await backUpCli('postgres://desk@127.0.0.1/desk', 'copy.db')).toEqual({
    code: 2,
    out: '',
    err: 'PostgreSQL is copied by its own tools, such as pg_dump.\n',
  });
  expect(await backUpCli('nonsense', 'copy.db')).toEqual({
    code: 78,
    out: '',
    err: 'DATABASE_URL must be sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE\n',
  });
});
