import { sql } from 'kysely';
import type { Database } from './database.js';
import { fold, like, literally, plain } from './search-text.js';
import type { DirectoryUser } from './store.js';

/** What a person can be found by, each on a line of its own: that tells the start of a name from its middle. */
export const searchableUser = ({ fullName, username, emails }: DirectoryUser): string =>
  `\n${[fullName, username ?? '', ...emails].map(fold).join('\n')}\n`;

const search = sql.ref<string>('search');

/** Whole id or field first, then the start of one, then the start of a word, then the rest; by name among equals. */
export async function searchUsers(
  db: Database['db'],
  text: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly doc: string }[]> {
  const wanted = literally(fold(text));
  if (wanted === '') return [];
  const isIt = sql<boolean>`id = ${plain(text)}`;
  const rank = sql<number>`case
    when ${isIt} or ${like(search, `%\n${wanted}\n%`)} then 0
    when ${like(search, `%\n${wanted}%`)} then 1
    when ${like(search, `% ${wanted}%`)} then 2
    else 3 end`;
  const users = db.selectFrom('users').orderBy(rank).orderBy('search').orderBy('id').limit(limit);
  // All users are looked at, so at nothing but an index; the documents of a few come after.
  const ids = users.select('id').where((it) => it.or([like(search, `%${wanted}%`), isIt]));
  return users.select(['id', 'doc']).where('id', 'in', ids).execute();
}
