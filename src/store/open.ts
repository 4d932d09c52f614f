import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { auditOf } from './audit.js';
import { codeOf, type Database, write } from './database.js';
import { deliveriesOf } from './deliveries.js';
import { directoryOf } from './directory.js';
import { jobsOf } from './jobs.js';
import { linksOf } from './links.js';
import { mark } from './marks.js';
import { migrate } from './migrate.js';
import { postsOf } from './posts.js';
import { requestsOf } from './requests.js';
import { servicesOf } from './known-services.js';
import { soleHolder } from './sole-holder.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';

export interface OpenOptions {
  readonly now?: () => Date;
  readonly newLease?: () => string;
  /** Audit lines that `verify` holds at once. */
  readonly auditPage?: number;
  readonly log?: Pick<Logger, 'info' | 'warn'>;
}

/**
 * `sqlite:./data/handle-desk.db` (made if missing), `sqlite::memory:`, or `postgres://…`. Brings the tables up to date.
 * Throws when the database cannot be reached, or belongs to a newer version.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const { now = () => new Date(), newLease = randomUUID, auditPage = 1000, log } = options;
  const database = await connect(url, log);
  const holder = soleHolder(url);
  try {
    await migrate(database, log);
  } catch (error) {
    await database.db.destroy();
    throw worded(error);
  }
  return {
    requests: requestsOf(database),
    audit: auditOf(database, auditPage),
    jobs: jobsOf(database, { newLease, isSole: holder.isSole }),
    posts: postsOf(database),
    links: linksOf(database),
    directory: directoryOf(database),
    services: servicesOf(database),
    deliveries: deliveriesOf(database),
    ping: () => write(database, (tx) => mark(tx, 'written', now().toISOString())),
    close: async () => {
      await database.db.destroy();
      holder.release();
    },
  };
}

/** Of the network only its code is said; the rest of such an error has the address in it. */
function worded(error: unknown): unknown {
  const code = codeOf(error);
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  return new Error(`The database of DATABASE_URL cannot be reached (${code}).`, { cause: error });
}

async function connect(url: string, log: OpenOptions['log']): Promise<Database> {
  if (/^postgres(ql)?:/.test(url)) {
    // Loaded only where it is used: a tenth of a second of every start.
    const { openPostgres } = await import('./postgres.js');
    return openPostgres(url, log);
  }
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  // The URL stays out of the message: it may hold a password.
  if (path === undefined) throw new Error('A database URL begins with sqlite: or postgres:');
  return openSqlite(path);
}
