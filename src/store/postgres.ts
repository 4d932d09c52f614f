import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/** A replica that dies inside a transaction keeps the audit's head locked for this long. */
const IDLE_TRANSACTION_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;

export function openPostgres(url: string, log?: Pick<Logger, 'warn'>): Database {
  const pool = new Pool({
    connectionString: url,
    application_name: 'handle-desk',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
  });
  // The pool replaces a broken connection by itself, but an unhandled event would end the process: of an idle connection the
  // pool has one, and each connection has its own, also while it is in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', (error) => {
      log?.warn({ err: error }, 'a database connection broke');
    });
  });
  return { engine: 'postgres', db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}
