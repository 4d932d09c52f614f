import { refusals } from '../errors.js';
import { Request, type RequestId } from '../requests/request.js';
import type { Step } from '../requests/step.js';
import { appendLine } from './audit.js';
import { type Database, type Tx, write } from './database.js';
import { findDocs } from './find-requests.js';
import { IdTaken } from './id-taken.js';
import { addJobs } from './add-jobs.js';
import { readJson } from './read-json.js';
import { grantRows, requestRow } from './request-rows.js';
import type { Requests } from './store.js';

export function requestsOf(database: Database): Requests {
  const { db } = database;
  return {
    commit: (step) => write(database, (tx) => commit(tx, step)),
    load: (id) => load(db, id),
    find: async (filter) => (await findDocs(db, filter)).map(toRequest),
  };
}

async function commit(tx: Tx, { request, entry, jobs }: Step): Promise<Request> {
  if (request.version > 1) await replace(tx, request);
  else if (!(await insert(tx, request))) return theFirst(tx, request);
  const grants = grantRows(request);
  if (grants.length > 0) await tx.insertInto('grants').values(grants).execute();
  await appendLine(tx, entry, request.version);
  await addJobs(tx, jobs);
  return request;
}

async function insert(tx: Tx, request: Request): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('requests')
    .values(requestRow(request))
    .onConflict((it) => it.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Compare-and-set: of two who move the same version, one writes and the other finds it gone. */
async function replace(tx: Tx, request: Request): Promise<void> {
  const { id, ...rest } = requestRow(request);
  const { numUpdatedRows } = await tx
    .updateTable('requests')
    .set(rest)
    .where('id', '=', id)
    .where('version', '=', request.version - 1)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw await whyNot(tx, id);
  if (request.change === 'grant') {
    await tx.deleteFrom('grants').where('request', '=', id).execute();
  }
}

async function whyNot(tx: Tx, id: RequestId): Promise<Error> {
  const stored = await load(tx, id);
  return stored === null ? refusals.unknownRequest(id) : refusals.someoneElseJustDecided(id);
}

async function theFirst(tx: Tx, request: Request): Promise<Request> {
  const stored = await load(tx, request.id);
  if (stored?.delivery !== request.delivery) throw new IdTaken(request.id);
  return stored;
}

async function load(db: Database['db'], id: RequestId): Promise<Request | null> {
  const row = await db
    .selectFrom('requests')
    .select(['id', 'doc'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : toRequest(row);
}

const toRequest = ({ id, doc }: { readonly id: string; readonly doc: string }): Request =>
  readJson(Request, doc, `Request ${id}`);
