import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { errorCode } from '../../error-code.js';

/** So long after a change the state is written; changes come in bursts. */
const WRITE_PAUSE_MS = 300;

/** What was there at the end of the last run; `none` on the first day, `broken` for what nobody can read. */
export function readSaved<T>(path: string, schema: z.ZodType<T>): T | 'none' | 'broken' {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'none' : 'broken';
  }
}

/** Keeps a file in step with a state that changes in place. Returns how to write it a last time. */
export function keepSaved(
  path: string,
  state: unknown,
  on: (listener: () => void) => () => void,
): () => void {
  let timer: NodeJS.Timeout | null = null;
  const write = (): void => {
    timer = null;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Renamed into place, so that a run that is cut off leaves a whole file.
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const end = on(() => {
    timer ??= setTimeout(write, WRITE_PAUSE_MS);
  });
  write();
  return () => {
    end();
    if (timer !== null) clearTimeout(timer);
    write();
  };
}
