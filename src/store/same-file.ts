import { statSync } from 'node:fs';
import { DatabaseGone } from './database-gone.js';

/**
 * Throws `DatabaseGone` when another file is at the path than at first, or none: a deleted file takes writes that nobody ever
 * reads again. By number, not content: one that was written over in place stays the same.
 */
export function sameFile(path: string): () => void {
  const opened = identity(path);
  return () => {
    const now = identity(path);
    if (now === opened) return;
    throw new DatabaseGone(
      now === null
        ? 'the database file was deleted, or its folder is gone'
        : 'the database file was replaced by another',
    );
  };
}

function identity(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch {
    return null;
  }
}
