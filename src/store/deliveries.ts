import type { Database } from './database.js';
import type { Deliveries } from './store.js';

interface Asked {
  readonly key: string;
  readonly at: string;
  readonly resolve: (isFirst: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Each commit waits for the disk; deliveries that come in meanwhile share the next one. */
export function deliveriesOf({ db }: Database): Deliveries {
  let waiting: Asked[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      // SQLite writes without letting anything else run: first whatever has come in already is collected.
      await new Promise(setImmediate);
      const batch = waiting;
      waiting = [];
      await settle(batch);
    }
    writing = false;
  }

  async function settle(batch: readonly Asked[]): Promise<void> {
    try {
      const fresh = await remember(batch);
      for (const asked of batch) asked.resolve(fresh.delete(asked.key));
    } catch (error) {
      for (const asked of batch) asked.reject(error);
    }
  }

  /** Those that were not there; of two of the same key in one batch, the earlier is the first. */
  async function remember(batch: readonly Asked[]): Promise<Set<string>> {
    const rows = new Map(batch.map(({ key, at }) => [key, { key, at }]));
    const added = await db
      .insertInto('deliveries')
      .values([...rows.values()])
      .onConflict((it) => it.column('key').doNothing())
      .returning('key')
      .execute();
    return new Set(added.map((it) => it.key));
  }

  return {
    isFirst: (key, now) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, at: now.toISOString(), resolve, reject });
        if (!writing) void write();
      }),
    sweep: async (before) => {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
    },
  };
}
