import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
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
import type { Logger } from 'pino';
import { errorCode } from '../error-code.js';
import type { Database } from './database.js';
import { sameFile } from './same-file.js';
import type { Tables } from './tables.js';

/**
 * Readable only by its owner, as it contains personal data (SQLite gives its side files the same mode); or `:memory:`. Every use
 * throws `DatabaseGone` once the file was deleted or replaced.
 */
export async function openSqlite(path: string, log?: Pick<Logger, 'info'>): Promise<Database> {
  const inMemory = path === ':memory:';
  if (!inMemory) create(path, log);
  const file = new Libsql(path);
  const mustBeThere = inMemory ? () => undefined : sameFile(path);
  await prepare(file);
  return { engine: 'sqlite', db: new Kysely<Tables>({ dialect: dialect(file, mustBeThere) }) };
}

/**
 * Makes and changes nothing; null when there is no such file. Without a log beside it no process uses the file, and it may be on
 * a medium that takes no side files.
 */
export function openSqliteToRead(path: string): Database | null {
  if (!existsSync(path)) return null;
  const at = realpathSync(path);
  const how = existsSync(`${at}-wal`) ? 'mode=ro' : 'mode=ro&immutable=1';
  const file = new Libsql(`${pathToFileURL(at).href}?${how}`);
  file.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return { engine: 'sqlite', db: new Kysely<Tables>({ dialect: dialect(file, () => undefined) }) };
}

function create(path: string, log?: Pick<Logger, 'info'>): void {
  if (!existsSync(path)) log?.info({ path }, 'there was no database; an empty one is made');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

/** `synchronous = FULL`: with `NORMAL`, WAL mode can lose the last commits in a power failure, after they were confirmed. */
async function prepare(file: Libsql.Database): Promise<void> {
  file.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  await retryWhileBusy(() => file.exec('pragma journal_mode = WAL'));
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('cache_size = -65536');
}

/**
 * SQLite waits for other writers inside the call and blocks our event loop meanwhile, and with it a writer in this same
 * process. So let it wait only briefly and do the rest of the waiting asynchronously.
 */
const BUSY_TIMEOUT_MS = 5;
/** About twelve seconds in all; a write takes milliseconds. */
const MAX_BUSY_ATTEMPTS = 250;
const MAX_BUSY_PAUSE_MS = 50;

async function retryWhileBusy<T>(
  work: () => T | Promise<T>,
  attemptsLeft = MAX_BUSY_ATTEMPTS,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attemptsLeft <= 1 || errorCode(error) !== 'SQLITE_BUSY') throw error;
  }
  await delay(Math.min(MAX_BUSY_PAUSE_MS, 2 * (MAX_BUSY_ATTEMPTS - attemptsLeft + 1)));
  return retryWhileBusy(work, attemptsLeft - 1);
}

function dialect(file: Libsql.Database, mustBeThere: () => void): Dialect {
  return {
    createDriver: () => driver(file, mustBeThere),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * Kysely's driver with five differences:
 * - Transactions take the write lock at once, as SQLite cannot upgrade a reader once there is another writer.
 * - A busy file is retried.
 * - A transaction that SQLite rolled back itself (disk full) is not rolled back again, which would hide the cause.
 * - Nothing is read from or written to a file that is no longer at its path.
 * - Closing waits for the running query, as libsql crashes the process when a closed file is used.
 */
function driver(file: Libsql.Database, mustBeThere: () => void): Driver {
  const kyselyDriver = new SqliteDriver({ database: reusingStatements(file) });
  return {
    init: () => kyselyDriver.init(),
    acquireConnection: async () => {
      const connection = await kyselyDriver.acquireConnection();
      try {
        if (!file.open) throw new Error('The database is closed.');
        mustBeThere();
      } catch (error) {
        await kyselyDriver.releaseConnection();
        throw error;
      }
      return retryingConnection(connection);
    },
    beginTransaction: async () => {
      await retryWhileBusy(() => file.exec('begin immediate'));
    },
    commitTransaction: (connection) => kyselyDriver.commitTransaction(connection),
    rollbackTransaction: async (connection) => {
      if (file.inTransaction) await kyselyDriver.rollbackTransaction(connection);
    },
    releaseConnection: () => kyselyDriver.releaseConnection(),
    destroy: async () => {
      await kyselyDriver.acquireConnection();
      await kyselyDriver.destroy();
      await kyselyDriver.releaseConnection();
    },
  };
}

/** A statement that failed with SQLITE_BUSY has had no effect. */
function retryingConnection(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: (query) => retryWhileBusy(() => connection.executeQuery(query)),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  };
}

/**
 * A retry must reuse the same statement: libsql resets a busy statement only when it is run again, and until then it
 * counts as in progress, so that SQLite refuses every commit.
 */
function reusingStatements(file: Libsql.Database): SqliteDatabase {
  let last: { readonly sql: string; readonly statement: SqliteStatement } | null = null;
  return {
    close: () => file.close(),
    prepare: (sql) => {
      if (last?.sql !== sql) last = { sql, statement: file.prepare(sql) };
      return last.statement;
    },
  };
}

/** Unlike Kysely's adapter, enables transactional DDL, as two processes may start on an empty file. */
const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsTransactionalDdl: true,
  supportsReturning: true,
  supportsOutput: false,
  acquireMigrationLock: () => Promise.resolve(),
  releaseMigrationLock: () => Promise.resolve(),
};
