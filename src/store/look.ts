import { existsSync } from 'node:fs';
import { migrationsWaiting } from './migrate.js';
import { connect, openStore, withoutAddress } from './open.js';
import type { Store } from './store.js';

/** What is found where the database should be. Nothing is made and no table is changed. */
export type StoreLook =
  /** Of SQLite: made at the first start. */
  | { readonly kind: 'absent'; readonly file: string }
  /** The next start changes its tables; they are not read before. */
  | { readonly kind: 'behind'; readonly waiting: readonly string[] }
  | { readonly kind: 'open'; readonly store: Store };

/** Throws as `openStore` does: not reachable, or of a newer version. */
export async function lookAtStore(url: string): Promise<StoreLook> {
  const file = fileOf(url);
  if (file !== null && !existsSync(file)) return { kind: 'absent', file };
  const waiting = await waitingAt(url);
  if (waiting.length > 0) return { kind: 'behind', waiting };
  return { kind: 'open', store: await openStore(url) };
}

/** Null: not a file. */
export function fileOf(url: string): string | null {
  const path = /^sqlite:(.+)$/.exec(url)?.[1] ?? null;
  return path === ':memory:' ? null : path;
}

async function waitingAt(url: string): Promise<readonly string[]> {
  if (url === 'sqlite::memory:') return [];
  const database = await connect(url, undefined);
  try {
    return await migrationsWaiting(database);
  } catch (error) {
    throw withoutAddress(error);
  } finally {
    await database.db.destroy();
  }
}
