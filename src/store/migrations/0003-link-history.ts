import { type Kysely, type Migration, sql } from 'kysely';
import { z } from 'zod';
import type { Engine } from '../database.js';

/** Links are remembered after their end. What happened before is taken from the audit, which never forgot it. */
export function linkHistory(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createTable(db, engine);
      const untyped: Kysely<Record<string, Record<string, unknown>>> = db.withTables();
      await fill(untyped);
    },
  };
}

async function createTable(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('link_history')
    .addColumn('slack', text, (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('onezone', text, (column) => column.notNull())
    .addColumn('linked_by', text, (column) => column.notNull())
    .addColumn('how', text, (column) => column.notNull())
    .addColumn('since', text, (column) => column.notNull())
    .addColumn('until', text)
    .addColumn('ended_by', text)
    .addPrimaryKeyConstraint('link_history_pk', ['slack', 'position'])
    .execute();
}

const Line = z.object({
  at: z.string(),
  who: z.string(),
  what: z.string(),
  people: z.array(z.string()),
  detail: z.object({ onezone: z.string(), how: z.string().optional() }),
});

interface Row {
  readonly slack: string;
  readonly onezone: string;
  readonly linked_by: string;
  readonly how: string;
  readonly since: string;
  until: string | null;
  ended_by: string | null;
}

type Untyped = Kysely<Record<string, Record<string, unknown>>>;

async function fill(db: Untyped): Promise<void> {
  const told = await db
    .selectFrom('audit')
    .select('line')
    .where((eb) =>
      eb.or([eb('line', 'like', '%"what":"linked"%'), eb('line', 'like', '%"what":"unlinked"%')]),
    )
    .orderBy('seq')
    .execute();
  const rows: Row[] = [];
  const open = new Map<string, Row>();
  for (const { line } of told) {
    const read = Line.safeParse(JSON.parse(String(line)));
    if (read.success) for (const slack of read.data.people) take({ rows, open }, slack, read.data);
  }
  const current = await db.selectFrom('links').selectAll().execute();
  for (const { slack, onezone, linked_by, how, at } of current.map((row) => Current.parse(row))) {
    const before = open.get(slack);
    if (before?.onezone === onezone) continue;
    if (before !== undefined) Object.assign(before, { until: at, ended_by: linked_by });
    rows.push({ slack, onezone, linked_by, how, since: at, until: null, ended_by: null });
  }
  const linked = new Set(current.map(({ slack }) => slack));
  const positions = new Map<string, number>();
  for (const row of rows) {
    // Of what the audit does not know the end, the end is the last moment at which it was true.
    const until = row.until ?? (linked.has(row.slack) ? null : row.since);
    const position = positions.get(row.slack) ?? 0;
    positions.set(row.slack, position + 1);
    await db
      .insertInto('link_history')
      .values({ ...row, until, position })
      .execute();
  }
}

const Current = z.object({
  slack: z.string(),
  onezone: z.string(),
  linked_by: z.string(),
  how: z.string(),
  at: z.string(),
});

interface Told {
  readonly rows: Row[];
  /** The link that holds, by Slack user. */
  readonly open: Map<string, Row>;
}

function take(told: Told, slack: string, { at, who, what, detail }: z.infer<typeof Line>): void {
  const before = told.open.get(slack);
  if (before !== undefined) Object.assign(before, { until: at, ended_by: who });
  told.open.delete(slack);
  if (what === 'unlinked') return;
  const { onezone, how = 'by hand' } = detail;
  const row = { slack, onezone, linked_by: who, how, since: at, until: null, ended_by: null };
  told.rows.push(row);
  told.open.set(slack, row);
}
