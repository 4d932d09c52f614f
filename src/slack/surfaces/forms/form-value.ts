import { z } from 'zod';

/** What a field holds, as it comes back from Slack: `FormValue` of `changes/form.ts`. */
export const FormValueSchema = z.union([
  z.string(),
  z.boolean(),
  z.array(z.string()),
  z.object({ value: z.string(), text: z.string() }),
]);

/** As `FormValues`, with nothing missing in it. */
export type HeldValues = Readonly<Record<string, z.infer<typeof FormValueSchema>>>;
