import type { Database } from './database.js';
import type { Posts } from './store.js';

export function postsOf({ db }: Database): Posts {
  return {
    get: async (key) =>
      (await db
        .selectFrom('posts')
        .select(['channel', 'ts', 'hash'])
        .where('key', '=', key)
        .executeTakeFirst()) ?? null,
    put: async (key, { channel, ts, hash }) => {
      const message = { channel, ts, hash };
      await db
        .insertInto('posts')
        .values({ key, ...message })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(message))
        .execute();
    },
  };
}
