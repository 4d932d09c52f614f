import { sql } from 'kysely';
import type { Database } from './database.js';
import { cutSearch, escapeLike, fold, like, withoutNul } from './search-text.js';
import type { DirectoryUser } from './store.js';

/** Searchable fields, one per line, so that `\n` marks the start and end of a field. */
export const searchableUser = ({ fullName, username, emails }: DirectoryUser): string =>
  `\n${[fullName, username ?? '', ...emails].map(fold).join('\n')}\n`;

const search = sql.ref<string>('search');

/** Rank: whole id or field, start of a field, start of a word, anywhere; then by name. */
export async function searchUsers(
  db: Database['db'],
  text: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly doc: string }[]> {
  const wanted = escapeLike(fold(cutSearch(text)));
  if (wanted === '') return [];
  const isId = sql<boolean>`id = ${withoutNul(text)}`;
  const rank = sql<number>`case
    when ${isId} or ${like(search, `%\n${wanted}\n%`)} then 0
    when ${like(search, `%\n${wanted}%`)} then 1
    when ${like(search, `% ${wanted}%`)} then 2
    else 3 end`;
  const users = db.selectFrom('users').orderBy(rank).orderBy('search').orderBy('id').limit(limit);
  // Scans all users, so only the index; documents are read just for the matches.
  const ids = users.select('id').where((row) => row.or([like(search, `%${wanted}%`), isId]));
  return users.select(['id', 'doc']).where('id', 'in', ids).execute();
}
