import { type Kysely, Migrator, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import { migrations } from './migrations/index.js';

const MIGRATION_TABLES = {
  migrationTableName: 'handle_desk_migration',
  migrationLockTableName: 'handle_desk_migration_lock',
};

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
  const untyped: Kysely<Record<string, { readonly name: string }>> = db.withTables();
  const done = await untyped
    .selectFrom(MIGRATION_TABLES.migrationTableName)
    .select('name')
    .execute();
  const newer = done.find(({ name }) => !Object.hasOwn(known, name));
  if (newer === undefined) return;
  throw new Error(
    `This database was used by a newer version of Handle Desk: it has “${newer.name}”, which this version does not know. ` +
      'Start the newer version, or restore the backup from before the upgrade.',
  );
}
