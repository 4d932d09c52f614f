import type { Database, Tx } from './database.js';

type MarkName =
  | 'written'
  | 'directory complete'
  | 'audit head told'
  | 'unreadable groups'
  | 'services read'
  | 'services unread'
  | 'examined';

/** Single values without a table of their own. */
export async function writeMark(tx: Tx, name: MarkName, value: string): Promise<void> {
  await tx
    .insertInto('marks')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function readMark(db: Database['db'], name: MarkName): Promise<string | null> {
  const row = await db
    .selectFrom('marks')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value ?? null;
}
