import type { Database } from './database.js';
import type { Deliveries } from './store.js';

interface Delivery {
  readonly key: string;
  readonly at: string;
  readonly resolve: (isFirst: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Every commit waits for the disk, so deliveries that arrive meanwhile share the next one. */
export function deliveriesOf({ db }: Database): Deliveries {
  let queue: Delivery[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (queue.length > 0) {
      // SQLite blocks the event loop, so first collect what has already arrived.
      await new Promise(setImmediate);
      const batch = queue;
      queue = [];
      await settle(batch);
    }
    isWriting = false;
  }

  async function settle(batch: readonly Delivery[]): Promise<void> {
    try {
      const added = await insert(batch);
      // `delete`: of two with the same key in one batch, only the earlier is the first.
      for (const { key, resolve } of batch) resolve(added.delete(key));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** The keys that were new. */
  async function insert(batch: readonly Delivery[]): Promise<Set<string>> {
    const rows = new Map(batch.map(({ key, at }) => [key, { key, at }]));
    const added = await db
      .insertInto('deliveries')
      .values([...rows.values()])
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .execute();
    return new Set(added.map((row) => row.key));
  }

  return {
    isFirst: (key, now) =>
      new Promise((resolve, reject) => {
        queue.push({ key, at: now.toISOString(), resolve, reject });
        if (!isWriting) void write();
      }),
    sweep: async (before) => {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
    },
  };
}
