import { type RawBuilder, sql } from 'kysely';

/** Normal form for searching. Stored, because SQLite's `lower` only knows ASCII. */
export const fold = (text: string): string =>
  withoutNul(text).normalize('NFC').toLowerCase().normalize('NFC');

/** Without NUL, which PostgreSQL rejects and at which libsql truncates. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '').trim();

/** Pass literal parts of the pattern through `escapeLike`. */
export function like(column: RawBuilder<string>, pattern: string): RawBuilder<boolean> {
  return sql<boolean>`${column} like ${pattern} escape '!'`;
}

export const escapeLike = (text: string): string => text.replaceAll(/[!%_]/g, '!$&');
