import { pino, type Logger } from 'pino';
import { z } from 'zod';

const Line = z.record(z.string(), z.unknown());

export interface Written {
  readonly log: Logger;
  /** Everything that was logged, as it would be on disk. */
  readonly text: () => string;
  readonly lines: () => readonly Record<string, unknown>[];
}

export const createLog = (): Written => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const parse = (line: string) => Line.parse(JSON.parse(line));
  return { log, text: () => lines.join(''), lines: () => lines.map(parse) };
};
