import { chmodSync, closeSync, openSync } from 'node:fs';
import Libsql from 'libsql';

/** Whether this process is the only one that works on the database's jobs. Keep a reference: garbage collection frees the lock. */
export interface SoleHolder {
  /** Once true, stays true until `release` or the end of the process. */
  readonly isSole: () => boolean;
  readonly release: () => void;
}

/**
 * SQLite: locks a file next to the database; the kernel frees it however the process ends. Not the database itself, which the
 * CLI reads while the bot runs. PostgreSQL: never sole, as replicas come and go, and session locks do not work behind a
 * pooler that shares sessions.
 */
export function soleHolder(url: string): SoleHolder {
  if (url === 'sqlite::memory:') return { isSole: () => true, release: () => undefined };
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path === undefined) return { isSole: () => false, release: () => undefined };
  let held: Libsql.Database | null = null;
  return {
    isSole: () => {
      held ??= lock(`${path}.lock`);
      return held !== null;
    },
    release: () => {
      held?.close();
      held = null;
    },
  };
}

function lock(path: string): Libsql.Database | null {
  closeSync(openSync(path, 'a', 0o600));
  const file = new Libsql(path);
  try {
    // Version 0.1.0 made it readable for everybody.
    chmodSync(path, 0o600);
    // Nothing is ever written, so avoid a journal file.
    file.exec('pragma journal_mode = memory');
    file.exec('begin exclusive');
    return file;
  } catch {
    file.close();
    return null;
  }
}
