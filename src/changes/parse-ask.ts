import type { z } from 'zod';
import { refusals } from '../errors.js';

/** The ask, or a refusal that names every field that is wrong. */
export function parseAsk<T>(schema: z.ZodType<T>, values: unknown): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((it) => [String(it.path[0] ?? 'form'), it.message]),
  );
  throw refusals.badForm(fields);
}
