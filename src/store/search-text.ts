import { type RawBuilder, sql } from 'kysely';

/** Normal form for searching. Stored, because SQLite's `lower` only knows ASCII. */
export const fold = (text: string): string =>
  withoutNul(text).normalize('NFC').toLowerCase().normalize('NFC');

/** Without NUL, which PostgreSQL rejects and at which libsql truncates. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '').trim();

/** No name is longer, and SQLite takes patterns only up to a length. In UTF-16 units. */
const MAX_SEARCH = 512;

/** What somebody searches for, at a length that every database takes. */
export const cutSearch = (text: string): string => text.slice(0, MAX_SEARCH);

/** Pass literal parts of the pattern through `escapeLike`. */
export function like(column: RawBuilder<string>, pattern: string): RawBuilder<boolean> {
  return sql<boolean>`${column} like ${pattern} escape '!'`;
}

export const escapeLike = (text: string): string => text.replaceAll(/[!%_]/g, '!$&');
