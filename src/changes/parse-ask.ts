import type { z } from 'zod';
import { refusals } from '../errors.js';
import type { Problems } from './form.js';

/** Where a schema has no words of its own; the library's are for programmers, and list what the policy may not offer. */
const UNREADABLE = 'Choose or enter this again.';

/** The ask, or every part of it that is wrong. */
export function problemsOf<T>(
  schema: z.ZodType<T>,
  values: unknown,
): { readonly ask: T } | { readonly problems: Problems } {
  const parsed = schema.safeParse(values, { error: () => UNREADABLE });
  if (parsed.success) return { ask: parsed.data };
  const problems = parsed.error.issues.map(
    (issue) => [String(issue.path[0] ?? 'form'), issue.message] as const,
  );
  return { problems: Object.fromEntries(problems) };
}

/** The ask, or a refusal that names every part that is wrong. */
export function parseAsk<T>(schema: z.ZodType<T>, values: unknown): T {
  const parsed = problemsOf(schema, values);
  if ('problems' in parsed) throw refusals.badForm(parsed.problems);
  return parsed.ask;
}
