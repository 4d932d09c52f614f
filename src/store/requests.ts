import type { Logger } from 'pino';
import { refusals } from '../errors.js';
import type { Request, RequestId } from '../requests/request.js';
import type { Step } from '../requests/step.js';
import { addJobs } from './add-jobs.js';
import { appendLine } from './audit.js';
import { type Database, type Tx, write } from './database.js';
import { readRequest, writeDocument } from './documents.js';
import { findDocs } from './find-requests.js';
import { IdTaken } from './id-taken.js';
import type { Requests, Writes } from './store.js';
import { writeAll } from './writes.js';

export function requestsOf(database: Database, log?: Pick<Logger, 'error'>): Requests {
  const { db } = database;
  const unreadable = new Set<string>();

  /** One broken document must not be the end of everybody's list. */
  function readable({
    id,
    doc,
  }: {
    readonly id: string;
    readonly doc: string;
  }): readonly Request[] {
    try {
      return [readRequest(id, doc)];
    } catch (err) {
      if (!unreadable.has(id)) log?.error({ err, request: id }, 'a stored request cannot be read');
      unreadable.add(id);
      return [];
    }
  }

  return {
    commit: (step, writes = {}) => write(database, (tx) => commit(tx, step, writes)),
    load: (id) => load(db, id),
    find: async (filter) => (await findDocs(db, filter)).flatMap(readable),
    unreadable: () => [...unreadable],
  };
}

async function commit(tx: Tx, { request, entry, jobs }: Step, writes: Writes): Promise<Request> {
  const { guard, ...also } = writes;
  if (request.version > 1) await replace(tx, request);
  else if (!(await insert(tx, request))) return theFirst(tx, request);
  await writeSubjects(tx, request);
  await appendLine(tx, entry, request.version);
  await writeAll(tx, also);
  await addJobs(tx, jobs);
  guard?.();
  return request;
}

async function insert(tx: Tx, request: Request): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('requests')
    .values(toRow(request))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Compare-and-set: of two who move the same version, one writes and the other finds it gone. */
async function replace(tx: Tx, request: Request): Promise<void> {
  const { id, ...rest } = toRow(request);
  const { numUpdatedRows } = await tx
    .updateTable('requests')
    .set(rest)
    .where('id', '=', id)
    .where('version', '=', request.version - 1)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw await whyNot(tx, id);
}

async function whyNot(tx: Tx, id: RequestId): Promise<Error> {
  const stored = await load(tx, id);
  return stored === null ? refusals.unknownRequest(id) : refusals.someoneElseJustDecided(id);
}

async function theFirst(tx: Tx, request: Request): Promise<Request> {
  const stored = await load(tx, request.id);
  if (stored?.idempotencyKey !== request.idempotencyKey) throw new IdTaken(request.id);
  return stored;
}

/** Who a request is about never changes after it was asked. */
async function writeSubjects(tx: Tx, { id, version, subjects }: Request): Promise<void> {
  if (version > 1 || subjects.length === 0) return;
  const rows = subjects.map(({ slack }, position) => ({ request: id, position, slack }));
  await tx.insertInto('subjects').values(rows).execute();
}

async function load(db: Database['db'], id: RequestId): Promise<Request | null> {
  const row = await db
    .selectFrom('requests')
    .select(['id', 'doc'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : readRequest(row.id, row.doc);
}

const toRow = (request: Request) => ({
  id: request.id,
  version: request.version,
  change: request.change,
  status: request.status,
  requester: request.requester,
  service_id: request.service?.id ?? null,
  asked_at: request.askedAt.toISOString(),
  doc: writeDocument(request),
});
