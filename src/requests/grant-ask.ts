import { z } from 'zod';
import { Level } from './level.js';

/** How long access lasts: a preset of the policy (`90d`), a last day (`2026-12-31`, UTC), or `permanent`. */
export const Until = z.union([
  z.object({ for: z.string() }),
  z.object({ on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
  z.literal('permanent'),
]);
export type Until = z.infer<typeof Until>;

/** What a person says who asks for access. People are Slack users; who they are in Onezone is found out later. */
export const GrantAsk = z.object({
  service: z.string().min(1),
  people: z
    .array(z.string())
    .min(1, 'Choose at least one person.')
    .max(50, 'Choose at most fifty people.'),
  level: Level,
  until: Until,
  reason: z.string().trim().min(1, 'Say why: the approvers decide by it.').max(3000),
});
export type GrantAsk = z.infer<typeof GrantAsk>;
