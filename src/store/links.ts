import type { Selectable } from 'kysely';
import { refusals } from '../errors.js';
import { addJobs } from './add-jobs.js';
import { appendLine } from './audit.js';
import { type Database, type Tx, write } from './database.js';
import type { Link, Links, PastLink, Unlink } from './store.js';
import type { Tables } from './tables.js';

export function linksOf(database: Database): Links {
  const all = database.db.selectFrom('links').selectAll();
  return {
    ofSlack: async (user) => toLink(await all.where('slack', '=', user).executeTakeFirst()),
    ofOnezone: async (user) => toLink(await all.where('onezone', '=', user).executeTakeFirst()),
    put: (link, entry) =>
      write(database, async (tx) => {
        await putLink(tx, link);
        await appendLine(tx, entry, null);
      }),
    remove: (unlink, entry, { jobs = [] } = {}) =>
      write(database, async (tx) => {
        if (!(await removeLink(tx, unlink))) return false;
        await appendLine(tx, entry, null);
        await addJobs(tx, jobs);
        return true;
      }),
    history: async (user) => {
      const rows = await database.db
        .selectFrom('link_history')
        .selectAll()
        .where('slack', '=', user)
        .orderBy('position')
        .execute();
      return rows.map(toPastLink);
    },
  };
}

export async function putLink(tx: Tx, link: Link): Promise<void> {
  await mustBeFree(tx, link);
  await replace(tx, link);
  await endPast(tx, link);
  await remember(tx, link);
}

/** False: there is no such link any more. */
export async function removeLink(tx: Tx, unlink: Unlink): Promise<boolean> {
  const { slack, onezone } = unlink;
  const gone = await tx
    .deleteFrom('links')
    .where('slack', '=', slack)
    .where('onezone', '=', onezone)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await endPast(tx, unlink);
  return true;
}

/** Two who link the same Onezone user at once both find it free; the later one fails at the unique column and runs again. */
async function mustBeFree(tx: Tx, { slack, onezone }: Link): Promise<void> {
  const other = await tx
    .selectFrom('links')
    .select('slack')
    .where('onezone', '=', onezone)
    .where('slack', '<>', slack)
    .executeTakeFirst();
  if (other !== undefined) throw refusals.linkTaken(`<@${other.slack}>`);
}

async function replace(tx: Tx, { slack, onezone, by, how, at }: Link): Promise<void> {
  const says = { onezone, linked_by: by, how, at: at.toISOString() };
  await tx
    .insertInto('links')
    .values({ slack, ...says })
    .onConflict((conflict) => conflict.column('slack').doUpdateSet(says))
    .execute();
}

async function endPast(tx: Tx, { slack, by, at }: Pick<Unlink, 'slack' | 'by' | 'at'>) {
  await tx
    .updateTable('link_history')
    .set({ until: at.toISOString(), ended_by: by })
    .where('slack', '=', slack)
    .where('until', 'is', null)
    .execute();
}

async function remember(tx: Tx, { slack, onezone, by, how, at }: Link): Promise<void> {
  const last = await tx
    .selectFrom('link_history')
    .select('position')
    .where('slack', '=', slack)
    .orderBy('position', 'desc')
    .executeTakeFirst();
  const says = { slack, onezone, linked_by: by, how, since: at.toISOString() };
  await tx
    .insertInto('link_history')
    .values({ ...says, position: (last?.position ?? -1) + 1, until: null, ended_by: null })
    .execute();
}

function toLink(row: Selectable<Tables['links']> | undefined): Link | null {
  if (row === undefined) return null;
  const { slack, onezone, linked_by: by, how, at } = row;
  return { slack, onezone, by, how, at: new Date(at) };
}

function toPastLink(row: Selectable<Tables['link_history']>): PastLink {
  const { slack, onezone, linked_by: by, how, since, until, ended_by: endedBy } = row;
  return {
    ...{ slack, onezone, by, how, endedBy },
    at: new Date(since),
    until: until === null ? null : new Date(until),
  };
}
