import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { OnezoneId } from '../requests/request.js';
import { batches, type Database, type Tx, write } from './database.js';
import { marked, mark } from './marks.js';
import { readJson } from './read-json.js';
import { plain } from './search-text.js';
import { searchableUser, searchUsers } from './search-users.js';
import type { Directory, DirectoryUser } from './store.js';

/** Some fifteen milliseconds in which SQLite lets nothing else run. */
const AT_ONCE = 100;
/** No address is longer (RFC 5321); what is, would not fit into PostgreSQL's index. */
const LONGEST_EMAIL = 320;

export function directoryOf(database: Database): Directory {
  const { db } = database;
  const docs = db.selectFrom('users').select(['id', 'doc']);
  return {
    ids: async () => (await db.selectFrom('users').select('id').execute()).map((it) => it.id),
    put: (users) =>
      inTurns(batches(lastOfEach(users), AT_ONCE), (batch) => write(database, put(batch))),
    remove: (ids) => inTurns(batches(ids), (batch) => write(database, remove(batch))),
    get: async (id) => {
      const row = await docs.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toUser(row);
    },
    byEmail: async (email) => {
      const whose = db
        .selectFrom('user_emails')
        .select('user_id')
        .where('email', '=', plain(email));
      return (await docs.where('id', 'in', whose).orderBy('id').execute()).map(toUser);
    },
    search: async (text, limit) => (await searchUsers(db, text, limit)).map(toUser),
    stalest: async (limit, before) => {
      const old = db.selectFrom('users').select('id').where('read_at', '<', before.toISOString());
      const rows = await old.orderBy('read_at').orderBy('id').limit(limit).execute();
      return rows.map((it) => it.id);
    },
    state: async () => {
      const users = await db
        .selectFrom('users')
        .select(sql<number>`cast(count(*) as integer)`.as('count'))
        .executeTakeFirstOrThrow();
      const completeAt = await marked(db, 'directory complete');
      return { users: users.count, completeAt: completeAt === null ? null : new Date(completeAt) };
    },
    markComplete: (at) => write(database, (tx) => mark(tx, 'directory complete', at.toISOString())),
  };
}

/**
 * Each batch is a transaction of its own: nothing depends on two users at once, and between batches
 * everyone else gets their turn.
 */
async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (const one of all) {
    await work(one);
    await breathe();
  }
}

const put = (users: readonly DirectoryUser[]) => async (tx: Tx) => {
  const ids = users.map((it) => it.id);
  await tx
    .insertInto('users')
    .values(users.map(toRow))
    .onConflict((it) =>
      it.column('id').doUpdateSet((row) => ({
        search: row.ref('excluded.search'),
        read_at: row.ref('excluded.read_at'),
        doc: row.ref('excluded.doc'),
      })),
    )
    .execute();
  await tx.deleteFrom('user_emails').where('user_id', 'in', ids).execute();
  const emails = users.flatMap(({ id, emails: all }) =>
    [...new Set(all.map(plain))]
      .filter((email) => email.length <= LONGEST_EMAIL)
      .map((email) => ({ email, user_id: id })),
  );
  for (const batch of batches(emails)) {
    await tx.insertInto('user_emails').values(batch).execute();
  }
};

const remove = (ids: readonly OnezoneId[]) => async (tx: Tx) => {
  await tx.deleteFrom('users').where('id', 'in', ids).execute();
};

const lastOfEach = (users: readonly DirectoryUser[]): readonly DirectoryUser[] => [
  ...new Map(users.map((it) => [it.id, it])).values(),
];

const toRow = (user: DirectoryUser) => ({
  id: user.id,
  search: searchableUser(user),
  read_at: user.readAt.toISOString(),
  doc: JSON.stringify(user),
});

const User = z.object({
  id: OnezoneId,
  fullName: z.string(),
  username: z.string().nullable(),
  emails: z.array(z.string()),
  blocked: z.boolean(),
  readAt: z.coerce.date(),
});

const toUser = ({ id, doc }: { readonly id: string; readonly doc: string }): DirectoryUser =>
  readJson(User, doc, `Onezone user ${id}`);
