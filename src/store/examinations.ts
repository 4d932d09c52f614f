import { z } from 'zod';
import { type Database, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import { readJson } from './read-json.js';
import type { Examinations } from './store.js';

const Lines = z.array(z.string());

export function examinationsOf(database: Database): Examinations {
  return {
    last: async () => {
      const value = await readMark(database.db, 'examined');
      return value === null ? null : readJson(Lines, value, 'The last examination');
    },
    put: (lines) => write(database, (tx) => writeMark(tx, 'examined', JSON.stringify(lines))),
  };
}
