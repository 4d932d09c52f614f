import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { z } from 'zod';
import type { Entry } from '../requests/step.js';
import { nextLink, readLine } from './audit-chain.js';
import { type Database, type Tx, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import { readJson } from './read-json.js';
import type { Audit, AuditLine, Head } from './store.js';
import { type AuditSource, verifyAudit } from './verify-audit.js';

/** How the tables are read: as they are, or in transactions that cannot write. */
export type Reader = <T>(work: (db: Database['db']) => Promise<T>) => Promise<T>;

export function auditOf(database: Database, pageSize: number): Audit {
  const { db } = database;
  const lines = db.selectFrom('audit').select(['seq', 'line', 'hash']);
  const source = auditSource((work) => work(db), pageSize);
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
    verify: (known) => verifyAudit(source, known ?? null),
    head: source.head,
    holds: (head) => holds(db, head),
    told: () => told(db),
    markTold: ({ seq, hash }) =>
      write(database, (tx) => writeMark(tx, 'audit head told', JSON.stringify({ seq, hash }))),
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
  const link = nextLink({ seq: moved.seq - 1, hash: moved.hash }, { ...entry, version });
  await tx
    .insertInto('audit')
    .values({ ...link, request: entry.request, version })
    .execute();
  await tx.updateTable('audit_head').set({ hash: link.hash }).execute();
  return readLine(link);
}

/** SQLite queries are synchronous: without yielding, verifying a long audit would block all of Slack's requests. */
export function auditSource(read: Reader, limit: number): AuditSource {
  return {
    after: async (seq) => {
      await yieldToEventLoop();
      return read((db) =>
        db
          .selectFrom('audit')
          .select(['seq', 'line', 'hash', 'request', 'version'])
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(limit)
          .execute(),
      );
    },
    head: () => read(headOf),
    coversRequests: () => read(coversRequests),
  };
}

/** One statement, so that what is written meanwhile is there with its line or not at all. */
async function coversRequests(db: Database['db']): Promise<boolean> {
  const uncovered = await db
    .selectFrom('requests')
    .select('requests.id')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('audit')
            .select('audit.seq')
            .whereRef('audit.request', '=', 'requests.id')
            .whereRef('audit.version', '=', 'requests.version'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return uncovered === undefined;
}

async function headOf(db: Database['db']): Promise<Head | null> {
  const head = await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst();
  return head ?? null;
}

async function holds(db: Database['db'], { seq, hash }: Head): Promise<boolean> {
  if (seq === 0) return true;
  const row = await db.selectFrom('audit').select('hash').where('seq', '=', seq).executeTakeFirst();
  return row?.hash === hash;
}

async function told(db: Database['db']): Promise<Head | null> {
  const mark = await readMark(db, 'audit head told');
  return mark === null ? null : readJson(HeadMark, mark, 'The mark of the audit’s head');
}

const HeadMark = z.object({ seq: z.number(), hash: z.string() });
