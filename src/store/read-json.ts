import { z } from 'zod';

/** What we stored, parsed like anything from outside. `what` names the row in the fault, which holds none of its content. */
export function readJson<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const parsed = z
    .string()
    .transform((it, context): unknown => {
      try {
        return JSON.parse(it);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(text);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((it) => [...it.path.map(String), it.message].join(': '));
  throw new Error(`${what} cannot be read from the store: ${issues.join('; ')}`);
}
