import type { Selectable } from 'kysely';
import { refusals } from '../errors.js';
import { appendLine } from './audit.js';
import { type Database, type Tx, write } from './database.js';
import type { Link, Links } from './store.js';
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
    remove: (user, entry, guard) =>
      write(database, async (tx) => {
        const gone = await tx.deleteFrom('links').where('slack', '=', user).executeTakeFirst();
        if (gone.numDeletedRows === 0n) return false;
        await appendLine(tx, entry, null);
        guard?.();
        return true;
      }),
  };
}

export async function putLink(tx: Tx, link: Link): Promise<void> {
  await mustBeFree(tx, link);
  await replace(tx, link);
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

function toLink(row: Selectable<Tables['links']> | undefined): Link | null {
  if (row === undefined) return null;
  const { slack, onezone, linked_by: by, how, at } = row;
  return { slack, onezone, by, how, at: new Date(at) };
}
