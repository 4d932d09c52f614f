import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import Libsql from 'libsql';
import { codeOf, type Database } from './database.js';
import type { Tables } from './tables.js';

/** A file that only its owner reads, since it holds reasons and names; or `:memory:`. */
export async function openSqlite(path: string): Promise<Database> {
  if (path !== ':memory:') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  }
  const file = new Libsql(path);
  await prepare(file);
  return { engine: 'sqlite', db: new Kysely<Tables>({ dialect: dialect(file) }) };
}

/** `synchronous = FULL`: in WAL mode `NORMAL` can lose the last commits when the power goes, and with them a promise. */
async function prepare(file: Libsql.Database): Promise<void> {
  file.pragma(`busy_timeout = ${BLOCK_FOR}`);
  await patiently(() => file.exec('pragma journal_mode = WAL'));
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('cache_size = -65536');
}

/**
 * SQLite sleeps inside the call while another process writes, and with it our whole event loop (and the other writer,
 * should it live in this process). So it may sleep only for a moment; after that we wait outside.
 */
const BLOCK_FOR = 5;
/** With the waits below about twelve seconds; a write takes milliseconds. */
const TRIES = 250;

async function patiently<T>(work: () => T | Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries <= 1 || codeOf(error) !== 'SQLITE_BUSY') throw error;
  }
  await wait(Math.min(50, 2 * (TRIES - tries + 1)));
  return patiently(work, tries - 1);
}

function dialect(file: Libsql.Database): Dialect {
  return {
    createDriver: () => driver(file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * Kysely's own, with four differences. A transaction takes the write lock at once: one that begins by reading and then
 * finds another writer can only be given up. A busy file is waited for. A transaction that SQLite itself undid (disk full)
 * is not undone again, which would hide why. And closing waits for who is at work, since libsql ends the whole process
 * when a closed file is used.
 */
function driver(file: Libsql.Database): Driver {
  const own = new SqliteDriver({ database: remembering(file) });
  return {
    init: () => own.init(),
    acquireConnection: async () => {
      const connection = await own.acquireConnection();
      if (file.open) return patient(connection);
      await own.releaseConnection();
      throw new Error('The database is closed.');
    },
    beginTransaction: async () => {
      await patiently(() => file.exec('begin immediate'));
    },
    commitTransaction: (connection) => own.commitTransaction(connection),
    rollbackTransaction: async (connection) => {
      if (file.inTransaction) await own.rollbackTransaction(connection);
    },
    releaseConnection: () => own.releaseConnection(),
    destroy: async () => {
      await own.acquireConnection();
      await own.destroy();
      await own.releaseConnection();
    },
  };
}

/** A statement that met a busy file has done nothing and can be run again. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: (query) => patiently(() => connection.executeQuery(query)),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  };
}

/**
 * Whoever runs the same text again gets the same statement. After a busy file it must: libsql resets a statement only when
 * it is run again, until then it counts as in progress, and SQLite refuses every later commit.
 */
function remembering(file: Libsql.Database): SqliteDatabase {
  let last: { readonly sql: string; readonly statement: SqliteStatement } | null = null;
  return {
    close: () => file.close(),
    prepare: (sql) => {
      if (last?.sql !== sql) last = { sql, statement: file.prepare(sql) };
      return last.statement;
    },
  };
}

/** Unlike Kysely's own it says that tables are made in transactions: two processes may start on an empty file. */
const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsTransactionalDdl: true,
  supportsReturning: true,
  supportsOutput: false,
  acquireMigrationLock: () => Promise.resolve(),
  releaseMigrationLock: () => Promise.resolve(),
};
