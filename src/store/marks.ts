import type { Database, Tx } from './database.js';

type Name = 'written' | 'directory complete';

/** Single facts with no table of their own. */
export async function mark(tx: Tx, name: Name, value: string): Promise<void> {
  await tx
    .insertInto('marks')
    .values({ name, value })
    .onConflict((it) => it.column('name').doUpdateSet({ value }))
    .execute();
}

export async function marked(db: Database['db'], name: Name): Promise<string | null> {
  const row = await db
    .selectFrom('marks')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value ?? null;
}
