import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { sql } from 'kysely';
import { openSqliteToRead } from './sqlite.js';

/**
 * Copies a SQLite database as it is at one moment, also while the desk works on it, into a file that only its owner can read and that
 * is whole once it is there. False: there is no such database. Throws if `to` is there already.
 */
export async function backUpSqlite(path: string, to: string): Promise<boolean> {
  if (existsSync(to)) throw new BackupExists(to);
  const isUnused = existsSync(path) && !existsSync(logOf(path));
  const database = openSqliteToRead(path);
  if (database === null) return false;
  const partial = `${to}.${randomBytes(4).toString('hex')}.partial`;
  try {
    closeSync(openSync(partial, 'wx', 0o600));
    await sql`vacuum into ${partial}`.execute(database.db);
    // A file that nobody used is read without any lock.
    if (isUnused && existsSync(logOf(path))) {
      throw new Error('The desk was started meanwhile; make the backup once more.');
    }
    flush(partial);
    renameSync(partial, to);
  } finally {
    rmSync(partial, { force: true });
    await database.db.destroy();
  }
  return true;
}

export class BackupExists extends Error {
  override name = 'BackupExists' as const;

  constructor(file: string) {
    super(`There is a file ${file} already; name another.`);
  }
}

const logOf = (path: string): string => `${realpathSync(path)}-wal`;

/** The copy is only worth something if it survives the power failure that takes the original. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
