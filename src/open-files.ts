import { readFileSync } from 'node:fs';

/** How many connections each listener keeps at once. */
export interface Room {
  readonly slack: number;
  readonly ops: number;
}

/** For the database, calls to Onezone and Slack, the log, and what Node itself keeps open. */
const RESERVED = 64;
const OPS = 16;
/** Slack needs a handful. More would only cost memory. */
const MOST = 1000;
/** Below this nothing can be kept free; the listeners take a few all the same. */
const LEAST = 8;

/** Room for connections under a limit of open files, so that a listener that is full leaves the rest of the program its own. */
export const roomUnder = (limit: number): Room => ({
  slack: Math.min(MOST, Math.max(LEAST, limit - RESERVED - OPS)),
  ops: OPS,
});

/** What most systems give a process, for where it cannot be read. */
const USUAL = 1024;

/** The limit of open files that holds for this process. Node raises the soft one to the hard one when it starts. */
export function openFilesLimit(read: (path: string) => string = readText): number {
  let text: string;
  try {
    text = read('/proc/self/limits');
  } catch {
    return USUAL;
  }
  const soft = /^Max open files +(\d+|unlimited) /m.exec(text)?.[1];
  if (soft === 'unlimited') return Infinity;
  return soft === undefined ? USUAL : Number(soft);
}

const readText = (path: string): string => readFileSync(path, 'utf8');
