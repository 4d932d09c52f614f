import { z } from 'zod';

/** `what` names the row in the error, which never contains the row's content. */
export function readJson<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const parsed = z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(text);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    [...path.map(String), message].join(': '),
  );
  throw new Error(`${what} cannot be read from the store: ${issues.join('; ')}`);
}
