import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Entry } from '../requests/step.js';
import { EMPTY_CHAIN, follows, type Head, type Link, nextLink, readLine } from './audit-chain.js';
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
 * The only way to write the audit. Updating the head locks it until the end of the transaction, so whatever a transaction
 * writes after this call has the same order as the chain.
 */
export async function appendLine(tx: Tx, entry: Entry, version: number | null): Promise<AuditLine> {
  const moved = await tx
    .updateTable('audit_head')
    .set((row) => ({ seq: row('seq', '+', 1) }))
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

/** Covers lines added meanwhile. A chain that does not end at its head is broken. */
async function verify(
  db: Database['db'],
  pageSize: number,
): Promise<Awaited<ReturnType<Audit['verify']>>> {
  let last = EMPTY_CHAIN;
  for (;;) {
    // Read before the page, which must then contain every line up to the head.
    const head = await headOf(db);
    const page = await pageAfter(db, last.seq, pageSize);
    const walked = walk(last, page);
    last = walked.last;
    if (walked.intact && page.length > 0) continue;
    const brokenAt = walked.intact ? brokenEnd(last, head) : last.seq + 1;
    return { lines: brokenAt === null ? last.seq : brokenAt - 1, brokenAt, head: last.hash };
  }
}

/** The first line beyond the head, or the first missing before it; null: the chain ends at its head. */
function brokenEnd(last: Head, head: Head): number | null {
  if (head.seq !== last.seq) return Math.min(head.seq, last.seq) + 1;
  return head.hash === last.hash ? null : last.seq;
}

function walk(
  from: Head,
  page: readonly Link[],
): { readonly last: Head; readonly intact: boolean } {
  let last = from;
  for (const link of page) {
    if (!follows(last, link)) return { last, intact: false };
    last = link;
  }
  return { last, intact: true };
}

/** SQLite queries are synchronous: without yielding, verifying a long audit would block all of Slack's requests. */
async function pageAfter(db: Database['db'], seq: number, limit: number): Promise<readonly Link[]> {
  await yieldToEventLoop();
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
  return head ?? EMPTY_CHAIN;
}
