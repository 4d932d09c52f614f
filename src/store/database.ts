import type { Kysely, Transaction } from 'kysely';
import { errorCode } from '../error-code.js';
import type { Tables } from './tables.js';

/** `engine` is for the few places where the two differ. */
export interface Database {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
}

export type Engine = 'sqlite' | 'postgres';

export type Tx = Transaction<Tables>;

/**
 * PostgreSQL's serialisation failure, deadlock, and unique violation by another replica between our read and our write. Run
 * again, the transaction sees what the other one wrote. SQLite has a single writer, so none of these.
 */
const RETRYABLE_CODES: ReadonlySet<string | null> = new Set(['40001', '40P01', '23505']);
const MAX_RUNS = 5;

const ROWS_PER_STATEMENT = 500;

/** In a transaction. `work` may run more than once. */
export async function write<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  runs = MAX_RUNS,
): Promise<T> {
  try {
    return await database.db.transaction().execute(work);
  } catch (error) {
    if (runs <= 1 || !RETRYABLE_CODES.has(errorCode(error))) throw error;
  }
  return write(database, work, runs - 1);
}

/** Statements have a limit of bound values, and long ones block others. */
export function batches<T>(
  all: readonly T[],
  size = ROWS_PER_STATEMENT,
): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}
