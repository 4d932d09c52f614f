import { type Kysely, type Migration, type RawBuilder, sql } from 'kysely';
import type { Engine } from '../database.js';

/** Before the first line of the audit. */
const GENESIS = '0'.repeat(64);

export function init(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      const text = textType(engine);
      await requests(db, text);
      await audit(db, text);
      await neverRewritten(db, engine);
      await jobs(db, text, engine);
      await messages(db, text);
      await people(db, text, engine);
    },
  };
}

/** Both engines compare by bytes: the order of names must not depend on where PostgreSQL was installed. */
const textType = (engine: Engine): RawBuilder<string> =>
  engine === 'postgres' ? sql`text collate "C"` : sql`text`;

/** SQLite takes NULL for a primary key of text unless told otherwise. */
async function requests(db: Kysely<unknown>, text: RawBuilder<string>): Promise<void> {
  await db.schema
    .createTable('requests')
    .addColumn('id', text, (it) => it.notNull().primaryKey())
    .addColumn('version', 'integer', (it) => it.notNull())
    .addColumn('change', text, (it) => it.notNull())
    .addColumn('status', text, (it) => it.notNull())
    .addColumn('requester', text, (it) => it.notNull())
    .addColumn('service_id', text)
    .addColumn('asked_at', text, (it) => it.notNull())
    .addColumn('active', 'integer', (it) => it.notNull())
    .addColumn('doc', text, (it) => it.notNull())
    .execute();
  const newest = ['asked_at', 'id'];
  await index(db, 'requests', newest);
  for (const by of [['requester'], ['status'], ['active'], ['service_id']]) {
    await index(db, 'requests', [...by, ...newest]);
  }
  await index(db, 'requests', ['service_id', 'status', ...newest]);
  await index(db, 'requests', ['service_id', 'active', ...newest]);
  await db.schema
    .createTable('grants')
    .addColumn('request', text, (it) => it.notNull().references('requests.id').onDelete('cascade'))
    .addColumn('position', 'integer', (it) => it.notNull())
    .addColumn('slack', text, (it) => it.notNull())
    .addColumn('onezone', text)
    .addColumn('service_id', text, (it) => it.notNull())
    .addColumn('level', text, (it) => it.notNull())
    .addColumn('state', text, (it) => it.notNull())
    .addColumn('end_at', text)
    .addPrimaryKeyConstraint('grants_pk', ['request', 'position'])
    .execute();
  await index(db, 'grants', ['slack', 'state', 'request']);
  await index(db, 'grants', ['service_id', 'state']);
}

async function audit(db: Kysely<unknown>, text: RawBuilder<string>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (it) => it.primaryKey())
    .addColumn('request', text)
    .addColumn('version', 'integer')
    .addColumn('line', text, (it) => it.notNull())
    .addColumn('hash', text, (it) => it.notNull())
    .addUniqueConstraint('audit_request_version', ['request', 'version'])
    .execute();
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (it) => it.primaryKey())
    .addColumn('seq', 'integer', (it) => it.notNull())
    .addColumn('hash', text, (it) => it.notNull())
    .execute();
  await sql`insert into audit_head (id, seq, hash) values (1, 0, ${sql.lit(GENESIS)})`.execute(db);
}

/** Not a wall against whoever owns the database (the chain tells of them), but against a slip in a shell. */
async function neverRewritten(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'sqlite') {
    for (const verb of ['update', 'delete']) {
      await sql`create trigger ${sql.ref(`audit_no_${verb}`)} before ${sql.raw(verb)} on audit
        begin select raise(abort, 'the audit is append-only'); end`.execute(db);
    }
    return;
  }
  await sql`create function audit_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit is append-only'; end $$`.execute(db);
  await sql`create trigger audit_no_rewrite before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`.execute(db);
}

async function jobs(db: Kysely<unknown>, text: RawBuilder<string>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('jobs')
    // Ids are never used again: within a lane they are the order.
    .addColumn('id', engine === 'postgres' ? 'serial' : 'integer', (it) =>
      engine === 'postgres' ? it.primaryKey() : it.primaryKey().autoIncrement(),
    )
    .addColumn('name', text, (it) => it.notNull())
    .addColumn('key', text, (it) => it.notNull())
    .addColumn('queue', text, (it) => it.notNull())
    .addColumn('request', text)
    .addColumn('payload', text, (it) => it.notNull())
    .addColumn('state', text, (it) => it.notNull())
    .addColumn('due_at', text, (it) => it.notNull())
    .addColumn('since', text, (it) => it.notNull())
    .addColumn('attempt', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('retries', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('lease', text)
    .addColumn('error', text)
    .execute();
  await sql`create unique index jobs_waiting_key on jobs (key) where state = 'waiting'`.execute(db);
  await sql`create index jobs_due on jobs (due_at, id) where state <> 'buried'`.execute(db);
  await sql`create index jobs_queue on jobs (queue, id) where state <> 'buried'`.execute(db);
  await index(db, 'jobs', ['state', 'due_at']);
}

async function messages(db: Kysely<unknown>, text: RawBuilder<string>): Promise<void> {
  await db.schema
    .createTable('posts')
    .addColumn('key', text, (it) => it.notNull().primaryKey())
    .addColumn('channel', text, (it) => it.notNull())
    .addColumn('ts', text, (it) => it.notNull())
    .addColumn('hash', text, (it) => it.notNull())
    .execute();
  await db.schema
    .createTable('deliveries')
    .addColumn('key', text, (it) => it.notNull().primaryKey())
    .addColumn('at', text, (it) => it.notNull())
    .execute();
  await index(db, 'deliveries', ['at']);
  await db.schema
    .createTable('marks')
    .addColumn('name', text, (it) => it.notNull().primaryKey())
    .addColumn('value', text, (it) => it.notNull())
    .execute();
}

async function people(
  db: Kysely<unknown>,
  text: RawBuilder<string>,
  engine: Engine,
): Promise<void> {
  await db.schema
    .createTable('links')
    .addColumn('slack', text, (it) => it.notNull().primaryKey())
    .addColumn('onezone', text, (it) => it.notNull().unique())
    .addColumn('linked_by', text, (it) => it.notNull())
    .addColumn('how', text, (it) => it.notNull())
    .addColumn('at', text, (it) => it.notNull())
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('id', text, (it) => it.notNull().primaryKey())
    .addColumn('search', text, (it) => it.notNull())
    .addColumn('read_at', text, (it) => it.notNull())
    .addColumn('doc', text, (it) => it.notNull())
    .execute();
  await index(db, 'users', ['read_at', 'id']);
  // Half as much to read for a search. PostgreSQL refuses index entries over 2.7 kB, and someone has that many addresses.
  if (engine === 'sqlite') await index(db, 'users', ['search', 'id']);
  await db.schema
    .createTable('user_emails')
    .addColumn('email', text, (it) => it.notNull())
    .addColumn('user_id', text, (it) => it.notNull().references('users.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('user_emails_pk', ['email', 'user_id'])
    .execute();
  await index(db, 'user_emails', ['user_id']);
  await db.schema
    .createTable('services')
    .addColumn('id', text, (it) => it.notNull().primaryKey())
    .addColumn('search', text, (it) => it.notNull())
    .addColumn('doc', text, (it) => it.notNull())
    .execute();
}

async function index(
  db: Kysely<unknown>,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const name = `${table}_by_${columns.join('_')}`;
  await db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
    .execute();
}
