import { type Kysely, Migrator, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import { migrations } from './migrations/index.js';

const MIGRATION_TABLES = {
  migrationTableName: 'handle_desk_migration',
  migrationLockTableName: 'handle_desk_migration_lock',
};

/** Names of migrations that the next start would make; empty: the tables are as this version wants them. Changes nothing. */
export async function migrationsWaiting({ db, engine }: Database): Promise<readonly string[]> {
  const known = Object.keys(migrations(engine)).sort();
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === MIGRATION_TABLES.migrationTableName)) return known;
  const done = await migrationsDone(db);
  return known.filter((name) => !done.includes(name));
}

/** In one transaction; replicas that start together wait for each other. Throws if the database has a newer version. */
export async function migrate(database: Database, log?: Pick<Logger, 'info'>): Promise<void> {
  const { db, engine } = database;
  const known = migrations(engine);
  const schema = engine === 'postgres' ? await currentSchema(db) : null;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...known }) },
    ...MIGRATION_TABLES,
    // Otherwise Kysely finds a table of that name in any schema.
    ...(schema === null ? {} : { migrationTableSchema: schema }),
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await refuseNewer(database);
    throw new Error('The tables of the database could not be brought up to date.', {
      cause: error,
    });
  }
  for (const { migrationName } of results) log?.info({ migration: migrationName }, 'migrated');
}

async function currentSchema(db: Database['db']): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  const name = rows[0]?.name ?? null;
  if (name === null) throw new Error('The database has no schema of the name in search_path.');
  return name;
}

/** Throws if the database was used by a version that knew more. */
export async function refuseNewer({ db, engine }: Database): Promise<void> {
  const known = migrations(engine);
  const done = await migrationsDone(db);
  const newer = done.find((name) => !Object.hasOwn(known, name));
  if (newer === undefined) return;
  throw new Error(
    `This database was used by a newer version of Handle Desk: it has “${newer}”, which this version does not know. ` +
      'Start the newer version, or restore the backup from before the upgrade.',
  );
}

async function migrationsDone(db: Database['db']): Promise<readonly string[]> {
  const untyped: Kysely<Record<string, { readonly name: string }>> = db.withTables();
  const done = await untyped
    .selectFrom(MIGRATION_TABLES.migrationTableName)
    .select('name')
    .execute();
  return done.map(({ name }) => name);
}
