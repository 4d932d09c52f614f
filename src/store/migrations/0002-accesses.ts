import { type Kysely, type Migration, sql } from 'kysely';
import type { Engine } from '../database.js';
import { upcastJob } from './0002/jobs.js';
import { accessesIn, OldRequest, upcastRequest } from './0002/requests.js';

/**
 * An access becomes a row of its own: what others gave, and a claim for each grant that still gives something. Stored
 * requests know no change by name any more, and carry the version of their document.
 */
export function accesses(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createTables(db, engine);
      const untyped: Kysely<Record<string, Record<string, unknown>>> = db.withTables();
      await moveRequests(untyped);
      await moveJobs(untyped);
      await sql`update posts set key = 'notify' || substr(key, 5) where key like 'tell:%'`.execute(
        db,
      );
      await db.schema.dropTable('grants').execute();
    },
  };
}

type Untyped = Kysely<Record<string, Record<string, unknown>>>;

async function createTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('subjects')
    .addColumn('request', text, (column) =>
      column.notNull().references('requests.id').onDelete('cascade'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('slack', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('subjects_pk', ['request', 'position'])
    .execute();
  await db.schema
    .createIndex('subjects_by_slack_request')
    .on('subjects')
    .columns(['slack', 'request'])
    .execute();
  await db.schema
    .createTable('accesses')
    .addColumn('service_id', text, (column) => column.notNull())
    .addColumn('onezone', text, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('doc', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('accesses_pk', ['service_id', 'onezone'])
    .execute();
  await db.schema
    .createTable('claims')
    .addColumn('service_id', text, (column) => column.notNull())
    .addColumn('onezone', text, (column) => column.notNull())
    .addColumn('request', text, (column) => column.notNull())
    .addColumn('slack', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('claims_pk', ['service_id', 'onezone', 'request'])
    .execute();
  await db.schema
    .createIndex('claims_by_slack_state')
    .on('claims')
    .columns(['slack', 'state'])
    .execute();
  for (const name of [
    'requests_by_active_asked_at_id',
    'requests_by_service_id_active_asked_at_id',
  ]) {
    await db.schema.dropIndex(name).execute();
  }
  await db.schema.alterTable('requests').dropColumn('active').execute();
}

async function moveRequests(db: Untyped): Promise<void> {
  const rows = await db.selectFrom('requests').select(['id', 'doc']).execute();
  const old: OldRequest[] = [];
  for (const { id, doc } of rows) {
    const request = OldRequest.parse(JSON.parse(String(doc)));
    old.push(request);
    const next = upcastRequest(request);
    await db
      .updateTable('requests')
      .set({ doc: JSON.stringify(next) })
      .where('id', '=', id)
      .execute();
    for (const [position, { slack }] of next.subjects.entries()) {
      await db.insertInto('subjects').values({ request: id, position, slack }).execute();
    }
  }
  for (const access of accessesIn(old)) {
    const { service, onezone, version, claims } = access;
    const key = { service_id: service.id, onezone };
    await db
      .insertInto('accesses')
      .values({ ...key, version, doc: JSON.stringify(access) })
      .execute();
    for (const { request, slack, state } of claims) {
      await db
        .insertInto('claims')
        .values({ ...key, request, slack, state: state.kind })
        .execute();
    }
  }
}

/** Ends are no jobs of their own any more: each access is looked at once, which sets its clock. */
async function moveJobs(db: Untyped): Promise<void> {
  await db.deleteFrom('jobs').where('name', '=', 'end').execute();
  const told = await db.selectFrom('jobs').selectAll().where('name', '=', 'tell').execute();
  for (const { id, ...row } of told) {
    await db
      .updateTable('jobs')
      .set({ ...upcastJob(row) })
      .where('id', '=', id)
      .execute();
  }
  const now = new Date().toISOString();
  const all = await db.selectFrom('accesses').select(['service_id', 'onezone']).execute();
  for (const { service_id: service, onezone } of all) {
    const name = 'reconcile';
    const key = `${name}:${String(service)}:${String(onezone)}`;
    const queue = `lane access:${String(service)}:${String(onezone)}`;
    const payload = JSON.stringify({ service, onezone });
    const job = { name, key, queue, request: null, payload, state: 'waiting' };
    await db
      .insertInto('jobs')
      .values({ ...job, due_at: now, since: now })
      .execute();
  }
}
