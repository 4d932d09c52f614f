import { z } from 'zod';
import { addJobs } from './add-jobs.js';
import { appendLine } from './audit.js';
import { type Database, type Tx, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import type { UnreadableGroups } from './store.js';

const MARK = 'unreadable groups';
const Groups = z.array(z.string());

export function unreadableGroupsOf(database: Database): UnreadableGroups {
  return {
    add: (group, { entry, jobs }) =>
      write(database, async (tx) => {
        const known = await read(tx);
        if (known.includes(group)) return false;
        await writeMark(tx, MARK, JSON.stringify([...known, group]));
        await appendLine(tx, entry, null);
        await addJobs(tx, jobs);
        return true;
      }),
    remove: (group, entry) =>
      write(database, async (tx) => {
        const known = await read(tx);
        if (!known.includes(group)) return false;
        await writeMark(tx, MARK, JSON.stringify(known.filter((other) => other !== group)));
        await appendLine(tx, entry, null);
        return true;
      }),
  };
}

/** Holds the row until the transaction ends, so that of two replicas the second sees what the first has written. */
async function read(tx: Tx): Promise<readonly string[]> {
  const none = { name: MARK, value: '[]' };
  await tx
    .insertInto('marks')
    .values(none)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  await tx
    .updateTable('marks')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', MARK)
    .execute();
  const value = await readMark(tx, MARK);
  return value === null ? [] : Groups.parse(JSON.parse(value));
}
