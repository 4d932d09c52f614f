import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';

const text = z.string().catch('');

/** Where one person of a request stands, as far as a line says. Version 0.1.0 wrote `is`, and `active` for `done`. */
const outcome = z
  .looseObject({
    slack: text,
    onezone: z.string().nullable().catch(null),
    kind: text,
    is: text,
    why: text,
    saw: text,
    left: text,
  })
  .transform(({ kind, is, ...facts }) => {
    const said = kind === '' ? is : kind;
    return { ...facts, kind: said === 'active' ? 'done' : said };
  });
export type LineOutcome = z.infer<typeof outcome>;

const detail = z.object({ outcomes: z.array(outcome).catch([]) });

export const outcomesIn = (line: Pick<AuditLine, 'detail'>): readonly LineOutcome[] =>
  detail.parse(line.detail).outcomes;
