import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** An open database. `engine` is asked only where the two differ. */
export interface Database {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
}

export type Engine = 'sqlite' | 'postgres';

export type Tx = Transaction<Tables>;

/**
 * Serialisation failure, deadlock, and a unique row that another replica wrote between our look and our write:
 * PostgreSQL undid the transaction, and run again it sees what the other one did. SQLite lets one writer in at a time
 * and knows none of them.
 */
const RUN_AGAIN: ReadonlySet<unknown> = new Set(['40001', '40P01', '23505']);
const RUNS = 5;

/** All of it or nothing. `work` may run more than once. */
export async function write<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  runs = RUNS,
): Promise<T> {
  try {
    return await database.db.transaction().execute(work);
  } catch (error) {
    if (runs <= 1 || !RUN_AGAIN.has(codeOf(error))) throw error;
  }
  return write(database, work, runs - 1);
}

/** The engine's own code of an error: `23505`, `SQLITE_BUSY`. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}

/** Statements have a limit of bound values, and a long one keeps others waiting. */
export function batches<T>(all: readonly T[], size = 500): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}
