import process from 'node:process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Null: not there. */
export const readIfThere = (file: string): string | null =>
  existsSync(file) ? readFileSync(file, 'utf8') : null;

/** Whole or not at all, and never for a moment readable by others: `mode` is that of the new file. */
export function writeWhole(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(draft, 'wx', mode);
  try {
    writeSync(handle, text);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
