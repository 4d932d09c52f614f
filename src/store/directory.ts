import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { OnezoneId } from '../requests/request.js';
import { batches, type Database, type Tx, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import { readJson } from './read-json.js';
import { withoutNul } from './search-text.js';
import { searchableUser, searchUsers } from './search-users.js';
import type { Directory, DirectoryUser } from './store.js';

/** SQLite blocks the event loop for about 15 ms per batch of this size. */
const USERS_WRITTEN_AT_ONCE = 100;
/** Maximum of RFC 5321. Longer ones might not fit into PostgreSQL's index. */
const MAX_EMAIL_LENGTH = 320;

export function directoryOf(database: Database): Directory {
  const { db } = database;
  const docs = db.selectFrom('users').select(['id', 'doc']);
  return {
    ids: async () => (await db.selectFrom('users').select('id').execute()).map((row) => row.id),
    put: (users) =>
      oneByOne(batches(lastOfEach(users), USERS_WRITTEN_AT_ONCE), (batch) =>
        write(database, put(batch)),
      ),
    remove: (ids) => oneByOne(batches(ids), (batch) => write(database, remove(batch))),
    get: async (id) => {
      const row = await docs.where('id', '=', withoutNul(id)).executeTakeFirst();
      return row === undefined ? null : toUser(row);
    },
    byEmail: async (email) => {
      const whose = db
        .selectFrom('user_emails')
        .select('user_id')
        .where('email', '=', withoutNul(email));
      return (await docs.where('id', 'in', whose).orderBy('id').execute()).map(toUser);
    },
    search: async (text, limit) => (await searchUsers(db, text, limit)).map(toUser),
    stalest: async (limit, before) => {
      const old = db.selectFrom('users').select('id').where('read_at', '<', before.toISOString());
      const rows = await old.orderBy('read_at').orderBy('id').limit(limit).execute();
      return rows.map((row) => row.id);
    },
    state: async () => {
      const users = await db
        .selectFrom('users')
        .select(sql<number>`cast(count(*) as integer)`.as('count'))
        .executeTakeFirstOrThrow();
      const completeAt = await readMark(db, 'directory complete');
      return { users: users.count, completeAt: completeAt === null ? null : new Date(completeAt) };
    },
    markComplete: (at) =>
      write(database, (tx) => writeMark(tx, 'directory complete', at.toISOString())),
  };
}

/** A transaction per batch, as users do not depend on each other. Between batches, other work can run. */
async function oneByOne<T>(all: readonly T[], work: (batch: T) => Promise<void>): Promise<void> {
  for (const batch of all) {
    await work(batch);
    await yieldToEventLoop();
  }
}

const put = (users: readonly DirectoryUser[]) => async (tx: Tx) => {
  const ids = users.map((user) => user.id);
  await tx
    .insertInto('users')
    .values(users.map(toRow))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({
        search: row.ref('excluded.search'),
        read_at: row.ref('excluded.read_at'),
        doc: row.ref('excluded.doc'),
      })),
    )
    .execute();
  await tx.deleteFrom('user_emails').where('user_id', 'in', ids).execute();
  const emails = users.flatMap(({ id, emails: all }) =>
    [...new Set(all.map(withoutNul))]
      .filter((email) => email.length <= MAX_EMAIL_LENGTH)
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
  ...new Map(users.map((user) => [user.id, user])).values(),
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
