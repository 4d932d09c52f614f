import type { z } from 'zod';
import { WrongAnswer } from './ask.js';

/** Throws `WrongAnswer` with what is wrong, and without the text. */
export function shaped<T>(schema: z.ZodType<T, string>, text: string): T {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new WrongAnswer(`This ${parsed.error.issues.map(({ message }) => message).join('; ')}.`);
}
