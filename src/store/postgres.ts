import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/** A replica that dies in the middle of a transaction holds the audit's head; after this many ms it no longer does. */
const GIVE_UP_TRANSACTION = 15_000;
const GIVE_UP_CONNECTING = 5_000;

export function openPostgres(url: string, log?: Pick<Logger, 'warn'>): Database {
  const pool = new Pool({
    connectionString: url,
    application_name: 'handle-desk',
    connectionTimeoutMillis: GIVE_UP_CONNECTING,
    idle_in_transaction_session_timeout: GIVE_UP_TRANSACTION,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at the next use; unheard, the event would end the process.
  pool.on('error', (error) => {
    log?.warn({ err: error }, 'a database connection broke while idle');
  });
  return { engine: 'postgres', db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}
