import { setImmediate as breathe } from 'node:timers/promises';
import type { Entry } from '../requests/step.js';
import { follows, type Head, type Link, nextLink, readLine, START } from './audit-chain.js';
import { type Database, type Tx, write } from './database.js';
import type { Audit, AuditLine } from './store.js';

export function auditOf(database: Database, pageSize: number): Audit {
  const { db } = database;
  const lines = db.selectFrom('audit').select(['seq', 'line', 'hash']);
  return {
    append: (entry) => write(database, (tx) => appendLine(tx, entry, null)),
    read: async ({ after, limit }) => {
      const page = await lines.where('seq', '>', after).orderBy('seq').limit(limit).execute();
      return page.map(readLine);
    },
    latest: async (limit) => {
      const page = await lines.orderBy('seq', 'desc').limit(limit).execute();
      return page.map(readLine);
    },
    verify: () => verify(db, pageSize),
  };
}

/**
 * The only way into the audit. Whoever moves the head holds it until the end of the transaction, so writers queue here:
 * what comes after it in a transaction is in the same order as the chain.
 */
export async function appendLine(tx: Tx, entry: Entry, version: number | null): Promise<AuditLine> {
  const moved = await tx
    .updateTable('audit_head')
    .set((it) => ({ seq: it('seq', '+', 1) }))
    .returning(['seq', 'hash'])
    .executeTakeFirst();
  if (moved === undefined) throw new Error('The audit has lost its head; verify it.');
  const link = nextLink({ seq: moved.seq - 1, hash: moved.hash }, entry);
  await tx
    .insertInto('audit')
    .values({ ...link, request: entry.request, version })
    .execute();
  await tx.updateTable('audit_head').set({ hash: link.hash }).execute();
  return readLine(link);
}

/** Lines that come meanwhile are walked too; a chain that ends before or after its head says is broken. */
async function verify(
  db: Database['db'],
  pageSize: number,
): Promise<Awaited<ReturnType<Audit['verify']>>> {
  let last = START;
  for (;;) {
    // Read before the page: no line up to here can be missing from it.
    const head = await headOf(db);
    const page = await pageAfter(db, last.seq, pageSize);
    const walked = walk(last, page);
    last = walked.last;
    if (walked.whole && page.length > 0) continue;
    const brokenAt = walked.whole ? wrongEnd(last, head) : last.seq + 1;
    return { lines: brokenAt === null ? last.seq : brokenAt - 1, brokenAt, head: last.hash };
  }
}

/** The first line that the head does not vouch for, or that it vouches for and is not there. */
function wrongEnd(last: Head, head: Head): number | null {
  if (head.seq !== last.seq) return Math.min(head.seq, last.seq) + 1;
  return head.hash === last.hash ? null : last.seq;
}

function walk(from: Head, page: readonly Link[]): { readonly last: Head; readonly whole: boolean } {
  let last = from;
  for (const link of page) {
    if (!follows(last, link)) return { last, whole: false };
    last = link;
  }
  return { last, whole: true };
}

/** Gives way first: SQLite answers without leaving the event loop, and a million lines would hold up every click. */
async function pageAfter(db: Database['db'], seq: number, limit: number): Promise<readonly Link[]> {
  await breathe();
  return db
    .selectFrom('audit')
    .select(['seq', 'line', 'hash'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

async function headOf(db: Database['db']): Promise<Head> {
  const head = await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst();
  return head ?? START;
}
