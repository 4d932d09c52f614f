import { refusals } from '../errors.js';
import { addJobs } from './add-jobs.js';
import { writeAccess } from './accesses.js';
import { appendLine } from './audit.js';
import type { Tx } from './database.js';
import { putLink, removeLink } from './links.js';
import type { Writes } from './store.js';

/** In this order: what can be refused comes first, and what is asked at the last moment last. */
export async function writeAll(tx: Tx, writes: Writes): Promise<void> {
  const { accesses = [], links = [], unlinks = [], entries = [], jobs = [], guard } = writes;
  for (const access of accesses) await writeAccess(tx, access);
  for (const unlink of unlinks) {
    if (!(await removeLink(tx, unlink))) throw refusals.linkMoved(`<@${unlink.slack}>`);
  }
  for (const link of links) await putLink(tx, link);
  for (const entry of entries) await appendLine(tx, entry, null);
  await addJobs(tx, jobs);
  guard?.();
}
