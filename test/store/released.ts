import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migrator } from 'kysely';
import Libsql from 'libsql';
import { Client } from 'pg';
import { z } from 'zod';
import { migrations } from '../../src/store/migrations/index.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { TestDatabase } from './databases.js';

const file = (name: string): string =>
  readFileSync(join(__dirname, 'fixtures', `released-0.1.0.${name}`), 'utf8');

const Facts = z.object({
  now: z.string(),
  requests: z.array(
    z.object({
      scenario: z.string(),
      id: z.string(),
      change: z.string(),
      status: z.string(),
      service: z.string().nullable(),
      outcomes: z.record(z.string(), z.string()),
    }),
  ),
  services: z.record(
    z.string(),
    z.object({ id: z.string(), users: z.record(z.string(), z.array(z.string())) }),
  ),
  onezoneIds: z.record(z.string(), z.string()),
  links: z.record(z.string(), z.object({ onezone: z.string(), by: z.string(), how: z.string() })),
});

/** What version 0.1.0 had done, and what its zone showed in the end. */
export const facts = Facts.parse(JSON.parse(file('json')));

/** Makes an empty database one that version 0.1.0 has worked with. */
export async function loadReleased({ url }: TestDatabase): Promise<void> {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path === undefined) return loadPostgres(url);
  const database = new Libsql(path);
  database.exec(file('sql'));
  database.close();
}

/** The tables by its own migration, the rows as SQLite wrote them. */
async function loadPostgres(url: string): Promise<void> {
  const { db } = openPostgres(url);
  const { '0001-init': init } = migrations('postgres');
  if (init === undefined) throw new Error('there is no migration 0001');
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ '0001-init': init }) },
    migrationTableName: 'handle_desk_migration',
    migrationLockTableName: 'handle_desk_migration_lock',
    migrationTableSchema: /search_path(?:=|%3D)(\w+)/.exec(url)?.[1] ?? '',
  });
  const { error } = await migrator.migrateToLatest();
  await db.destroy();
  if (error !== undefined) throw new Error('0001 failed', { cause: error });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(insertsOf(file('sql')).join('\n'));
  await client.query(`select setval('jobs_id_seq', (select max(id) from jobs))`);
  await client.end();
}

const OWN_TABLES =
  /^INSERT INTO (handle_desk_migration|handle_desk_migration_lock|sqlite_sequence) /;

const insertsOf = (dump: string): readonly string[] => [
  'delete from audit_head;',
  ...dump
    .split('\n')
    .filter((line) => line.startsWith('INSERT INTO ') && !OWN_TABLES.test(line))
    .map((line) => line.replaceAll('char(10)', 'chr(10)')),
];
