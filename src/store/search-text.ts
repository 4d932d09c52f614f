import { type RawBuilder, sql } from 'kysely';

/** One form for texts that people take for the same. Made here and stored, because SQLite's `lower` knows ASCII only. */
export const fold = (text: string): string =>
  plain(text).normalize('NFC').toLowerCase().normalize('NFC');

/** NUL is no character of a name: PostgreSQL refuses it, and libsql would cut the text there. */
export const plain = (text: string): string => text.replaceAll('\0', '').trim();

/** `like` in which only the given `%` are wildcards: pass parts of the pattern as `literally(…)`. */
export function like(column: RawBuilder<string>, pattern: string): RawBuilder<boolean> {
  return sql<boolean>`${column} like ${pattern} escape '!'`;
}

export const literally = (text: string): string => text.replaceAll(/[!%_]/g, '!$&');
