import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { errorCode } from '../error-code.js';
import { accessesOf } from './accesses.js';
import { auditOf } from './audit.js';
import { type Database, write } from './database.js';
import { deliveriesOf } from './deliveries.js';
import { directoryOf } from './directory.js';
import { examinationsOf } from './examinations.js';
import { jobsOf } from './jobs.js';
import { linksOf } from './links.js';
import { writeMark } from './marks.js';
import { migrate } from './migrate.js';
import { postsOf } from './posts.js';
import { requestsOf } from './requests.js';
import { servicesOf } from './known-services.js';
import { soleHolder } from './sole-holder.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';
import { unreadableGroupsOf } from './unreadable-groups.js';
import { writeAll } from './writes.js';

const AUDIT_PAGE_LINES = 1000;

export interface OpenOptions {
  readonly now?: () => Date;
  readonly newLease?: () => string;
  /** Audit lines per page of `verify`. Default 1000. */
  readonly auditPage?: number;
  readonly log?: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/**
 * `sqlite:./data/handle-desk.db` (created if missing), `sqlite::memory:`, or `postgres://…`. Migrates the tables. Throws if
 * the database cannot be reached or has a newer version.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const {
    now = () => new Date(),
    newLease = randomUUID,
    auditPage = AUDIT_PAGE_LINES,
    log,
  } = options;
  const database = await connect(url, log);
  const holder = soleHolder(url);
  try {
    await migrate(database, log);
  } catch (error) {
    await database.db.destroy();
    throw withoutAddress(error);
  }
  return {
    requests: requestsOf(database, log),
    accesses: accessesOf(database),
    audit: auditOf(database, auditPage),
    jobs: jobsOf(database, { newLease, isSole: holder.isSole }),
    posts: postsOf(database),
    links: linksOf(database),
    directory: directoryOf(database),
    services: servicesOf(database, now),
    deliveries: deliveriesOf(database),
    unreadableGroups: unreadableGroupsOf(database),
    examinations: examinationsOf(database),
    commit: (writes) => write(database, (tx) => writeAll(tx, writes)),
    ping: () => write(database, (tx) => writeMark(tx, 'written', now().toISOString())),
    close: async () => {
      await database.db.destroy();
      holder.release();
    },
  };
}

/** Network errors keep only their code, as the message contains the database's address. */
export function withoutAddress(error: unknown): unknown {
  const code = errorCode(error);
  if (code === null || !/^E[A-Z]+$/.test(code)) return error;
  return new Error(`The database of DATABASE_URL cannot be reached (${code}).`, { cause: error });
}

export async function connect(url: string, log: OpenOptions['log']): Promise<Database> {
  if (isPostgres(url)) {
    // Imported lazily, as loading it takes a tenth of a second.
    const { openPostgres } = await import('./postgres.js');
    return openPostgres(url, log);
  }
  const path = sqlitePath(url);
  return openSqlite(path, log);
}

export const isPostgres = (url: string): boolean => /^postgres(ql)?:/.test(url);

export function sqlitePath(url: string): string {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  // Without the URL, which may contain a password.
  if (path === undefined) throw new Error('A database URL begins with sqlite: or postgres:');
  return path;
}
