import { sql } from 'kysely';
import { auditSource, type Reader } from './audit.js';
import { readLine } from './audit-chain.js';
import type { Database } from './database.js';
import { refuseNewer } from './migrate.js';
import { isPostgres, sqlitePath, withoutAddress } from './open.js';
import { openSqliteToRead } from './sqlite.js';
import type { ReadAudit } from './store.js';
import { verifyAudit } from './verify-audit.js';

const PAGE_LINES = 1000;

export type OpenedAudit =
  | { readonly kind: 'open'; readonly audit: ReadAudit; readonly close: () => Promise<void> }
  /** There is no such database, or no audit in it. */
  | { readonly kind: 'missing'; readonly what: 'database' | 'table' };

/**
 * The audit of a database, to be read: nothing is made, migrated or written, also while the bot runs. Throws if the database
 * cannot be reached or read, or has a newer version.
 */
export async function openAudit(url: string): Promise<OpenedAudit> {
  const database = await connect(url);
  if (database === null) return { kind: 'missing', what: 'database' };
  const close = (): Promise<void> => database.db.destroy();
  const read = reader(database);
  try {
    const tables = await read((db) => tablesOf({ ...database, db }));
    if (!tables.has('audit')) {
      await close();
      return { kind: 'missing', what: 'table' };
    }
    if (tables.has('handle_desk_migration')) {
      await read((db) => refuseNewer({ ...database, db }));
    }
    return { kind: 'open', audit: auditOf(read, tables), close };
  } catch (error) {
    await close();
    throw withoutAddress(error);
  }
}

async function connect(url: string): Promise<Database | null> {
  if (!isPostgres(url)) return openSqliteToRead(sqlitePath(url));
  const { openPostgres } = await import('./postgres.js');
  return openPostgres(url);
}

/** SQLite’s file is open for reading only. On PostgreSQL the transaction says it, which holds behind any pooler. */
function reader({ db, engine }: Database): Reader {
  if (engine === 'sqlite') return (work) => work(db);
  return (work) => db.transaction().setAccessMode('read only').execute(work);
}

async function tablesOf({ db, engine }: Database): Promise<ReadonlySet<string>> {
  const { rows } =
    engine === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
      : await sql<{
          name: string;
        }>`select tablename as name from pg_tables where schemaname = any (current_schemas(false))`.execute(
          db,
        );
  return new Set(rows.map(({ name }) => name));
}

function auditOf(read: Reader, tables: ReadonlySet<string>): ReadAudit {
  const source = auditSource(read, PAGE_LINES);
  return {
    read: async ({ after, limit }) => (await auditSource(read, limit).after(after)).map(readLine),
    verify: (known) =>
      verifyAudit(
        {
          ...source,
          head: () => (tables.has('audit_head') ? source.head() : Promise.resolve(null)),
          coversRequests: () =>
            tables.has('requests') ? source.coversRequests() : Promise.resolve(true),
        },
        known ?? null,
      ),
  };
}
