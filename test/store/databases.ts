import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { Client } from 'pg';
import { openStore, type OpenOptions } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';

/** An empty database of one test. */
export interface TestDatabase {
  readonly url: string;
  /** A store on it, as a process would open it; closed by `drop`. */
  open(options?: OpenOptions): Promise<Store>;
  /** What somebody types into the database's own shell. */
  raw(sql: string): Promise<readonly unknown[]>;
  drop(): Promise<void>;
}

interface Engine {
  readonly name: string;
  readonly create: () => Promise<TestDatabase>;
}

const server = process.env['HANDLE_DESK_TEST_POSTGRES'];
const only = process.env['HANDLE_DESK_TEST_ENGINE'];
if (server === undefined) {
  process.stderr.write('HANDLE_DESK_TEST_POSTGRES is not set: only SQLite is tested.\n');
}

/** For what only a file shows, whichever engine the tests run on. */
export const sqliteEngine: Engine = {
  name: 'SQLite',
  create: () => Promise.resolve(sqlite()),
};

const all: readonly Engine[] = [
  sqliteEngine,
  ...(server === undefined ? [] : [{ name: 'PostgreSQL', create: () => postgres(server) }]),
];

/** What `describe.each` runs over: with HANDLE_DESK_TEST_ENGINE that one, else all that are there. */
export const engines = all.filter(({ name }) => only === undefined || name === only);
if (engines.length === 0) throw new Error(`HANDLE_DESK_TEST_ENGINE: ${String(only)} is not there.`);

/** Where a test happens that happens once. */
export function oneEngine(): Engine {
  const [first] = engines;
  if (first === undefined) throw new Error('There is no database.');
  return first;
}

function sqlite(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'handle-desk-'));
  const path = join(folder, 'handle-desk.db');
  return tracked(`sqlite:${path}`, {
    raw: (sql) => {
      const file = new Libsql(path);
      const statement = file.prepare(sql);
      const rows = statement.reader ? statement.all() : (statement.run(), []);
      file.close();
      return Promise.resolve(rows);
    },
    drop: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  });
}

async function postgres(server: string): Promise<TestDatabase> {
  const base = await ownDatabase(server);
  const schema = `handle_desk_${randomBytes(6).toString('hex')}`;
  await query(base, `create schema ${schema}`);
  const url = new URL(base);
  // No test pulls the plug of the server, so none has to wait for its disk.
  url.searchParams.set('options', `-c search_path=${schema} -c synchronous_commit=off`);
  return tracked(url.href, {
    raw: (sql) => query(url.href, sql),
    drop: async () => {
      await query(base, `drop schema ${schema} cascade`);
    },
  });
}

/**
 * Migrations look at the tables of all schemas of a database, and fail where one of them is dropped at that moment: so tests that run
 * side by side have a database for each worker.
 */
async function ownDatabase(server: string): Promise<string> {
  const url = new URL(server);
  const name = `${url.pathname.slice(1)}_worker_${process.env['JEST_WORKER_ID'] ?? '1'}`;
  await query(server, `create database ${name}`).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
  url.pathname = name;
  return url.href;
}

const DUPLICATE_DATABASE = '42P04';
/** Two sessions create it at the same moment. */
const UNIQUE_VIOLATION = '23505';
const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  [DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(String(error.code));

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

function tracked(url: string, own: Pick<TestDatabase, 'raw' | 'drop'>): TestDatabase {
  const opened: Store[] = [];
  return {
    url,
    open: async (options) => {
      const store = await openStore(url, options);
      opened.push(store);
      return store;
    },
    raw: own.raw,
    drop: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await own.drop();
    },
  };
}
