import type { Access, AccessKey } from '../access/access.js';
import { Overtaken } from '../errors.js';
import type { Database, Tx } from './database.js';
import { readAccess, writeDocument } from './documents.js';
import type { Accesses } from './store.js';

/** Claims of these states concern nobody any more. */
const OVER = ['ended', 'failed'] as const;

export function accessesOf({ db }: Database): Accesses {
  const live = db
    .selectFrom('claims')
    .innerJoin('accesses', (join) =>
      join
        .onRef('accesses.service_id', '=', 'claims.service_id')
        .onRef('accesses.onezone', '=', 'claims.onezone'),
    )
    .where('claims.state', 'not in', [...OVER])
    .select(['accesses.service_id', 'accesses.onezone', 'accesses.doc'])
    .distinct()
    .orderBy('accesses.service_id')
    .orderBy('accesses.onezone');
  return {
    load: async (key) => {
      const row = await at(db, key).select(['service_id', 'onezone', 'doc']).executeTakeFirst();
      return row === undefined ? null : toAccess(row);
    },
    ofPerson: async (slack) =>
      (await live.where('claims.slack', '=', slack).execute()).map(toAccess),
    ofService: async (service) =>
      (await live.where('claims.service_id', '=', service).execute()).map(toAccess),
  };
}

/** Compare-and-set, as for requests. Rows of its claims are there to be found by. */
export async function writeAccess(tx: Tx, access: Access): Promise<void> {
  const isWritten = access.version === 1 ? await insert(tx, access) : await replace(tx, access);
  if (!isWritten) throw new Overtaken(`The access ${nameOf(access)} was moved meanwhile.`);
  await writeClaims(tx, access);
}

async function insert(tx: Tx, access: Access): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accesses')
    .values({ ...keyOf(access), version: access.version, doc: writeDocument(access) })
    .onConflict((conflict) => conflict.columns(['service_id', 'onezone']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function replace(tx: Tx, access: Access): Promise<boolean> {
  const { version, service, onezone } = access;
  const { numUpdatedRows } = await tx
    .updateTable('accesses')
    .set({ version, doc: writeDocument(access) })
    .where('service_id', '=', service.id)
    .where('onezone', '=', onezone)
    .where('version', '=', version - 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function writeClaims(tx: Tx, access: Access): Promise<void> {
  const { service, onezone, claims } = access;
  await tx
    .deleteFrom('claims')
    .where('service_id', '=', service.id)
    .where('onezone', '=', onezone)
    .execute();
  if (claims.length === 0) return;
  const rows = claims.map(({ request, slack, state }) => ({
    ...keyOf(access),
    request,
    slack,
    state: state.kind,
  }));
  await tx.insertInto('claims').values(rows).execute();
}

const at = (db: Database['db'], { service, onezone }: AccessKey) =>
  db.selectFrom('accesses').where('service_id', '=', service).where('onezone', '=', onezone);

const keyOf = ({ service, onezone }: Access) => ({ service_id: service.id, onezone });

const nameOf = ({ service, onezone }: Access): string => `of ${onezone} to ${service.id}`;

const toAccess = (row: {
  readonly service_id: string;
  readonly onezone: string;
  readonly doc: string;
}): Access => readAccess(`${row.service_id} ${row.onezone}`, row.doc);
