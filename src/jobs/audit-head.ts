import { job, notice } from '../requests/jobs.js';
import type { NewJob } from '../requests/step.js';
import type { Services } from '../services.js';
import type { Head } from '../store/store.js';

const DAY_MS = 24 * 3_600_000;

/** One job for all replicas, first due a day from now; what waits already is due when it was. */
export const tellAuditHead = (now: Date): NewJob =>
  job('audit-head', null, new Date(now.getTime() + DAY_MS));

/**
 * Puts the end of the audit where whoever owns the database cannot rewrite it: into the log each day, and into the operators’
 * channel when it has moved. Tells, too, when what was put there before is no longer in the audit.
 */
export async function auditHeadJob({ store, log, now }: Services): Promise<void> {
  const [head, told] = [await store.audit.head(), await store.audit.told()];
  const isLost = head === null || (told !== null && !(await store.audit.holds(told)));
  log.info({ lines: head?.seq ?? null, head: head?.hash ?? null }, 'the audit ends here');
  if (isLost) log.error({ told, head }, 'the audit has lost lines, or was written anew');
  const hasMoved = head !== null && head.seq > 0 && head.hash !== told?.hash;
  await store.jobs.add([
    ...(isLost ? [notice(lostWords(told), idAt(head, 'lost', now()))] : []),
    ...(hasMoved ? [notice(headWords(head), idAt(head, 'head', now()))] : []),
    tellAuditHead(now()),
  ]);
  if (hasMoved) await store.audit.markTold(head);
}

/** The same when the job runs twice. */
const idAt = (
  head: Head | null,
  what: 'head' | 'lost',
  now: Date,
): { readonly id: string; readonly now: Date } => ({
  id: `audit-${what}:${String(head?.seq ?? 0)}:${head?.hash.slice(0, 16) ?? ''}`,
  now,
});

const headWords = ({ seq, hash }: Head): string =>
  `The audit has ${String(seq)} ${seq === 1 ? 'line' : 'lines'}. Its head is ${hash}. ` +
  `Whether all of it is still there: npx handle-desk audit verify --head ${hash} --lines ${String(seq)}`;

const lostWords = (told: Head | null): string =>
  told === null
    ? 'The audit has lost its head: the desk can write nothing any more. Next: run npx handle-desk audit verify, and restore the database from a backup.'
    : `The audit no longer holds the head that was told here before (line ${String(told.seq)}, ${told.hash}): lines were removed, or it was written anew. ` +
      'Next: keep the database as it is as evidence, and run npx handle-desk audit verify on it and on a backup.';
