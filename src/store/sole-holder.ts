import Libsql from 'libsql';

/** Knows whether this process is the only one that works on the database's jobs. To be kept: with it goes the lock. */
export interface SoleHolder {
  /** Once true it stays true until `release`, or the end of the process: nobody else can become it meanwhile. */
  readonly isSole: () => boolean;
  readonly release: () => void;
}

/**
 * SQLite: a lock on a file beside the database, which the kernel takes back however the process ends. The database itself cannot
 * be locked so, since the CLI reads it beside the bot. PostgreSQL: never, as replicas come and go, and a lock of a session says
 * nothing behind a pooler that shares sessions.
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
  const file = new Libsql(path);
  try {
    // Nothing is ever written: no journal need lie beside it.
    file.exec('pragma journal_mode = memory');
    file.exec('begin exclusive');
    return file;
  } catch {
    file.close();
    return null;
  }
}
