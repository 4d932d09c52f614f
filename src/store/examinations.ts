import { z } from 'zod';
import { type Database, write } from './database.js';
import { readMark, writeMark } from './marks.js';
import { readJson } from './read-json.js';
import type { Examination, Examinations } from './store.js';

const Stored = z.object({ problems: z.array(z.string()), others: z.array(z.string()) });
const NOTHING: Examination = { problems: [], others: [] };

export function examinationsOf(database: Database): Examinations {
  return {
    last: async () => {
      const value = await readMark(database.db, 'examined');
      return value === null ? NOTHING : readJson(Stored, value, 'The last examination');
    },
    put: (examination) =>
      write(database, (tx) => writeMark(tx, 'examined', JSON.stringify(examination))),
  };
}
