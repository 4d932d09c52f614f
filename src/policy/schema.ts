import { z } from 'zod';
import { PolicyFile } from './policy-file.js';

/** JSON Schema for editors, stored as policy.schema.json; draft 7, which they support best. `parsePolicy` checks more. */
export function policySchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(PolicyFile, { target: 'draft-7', io: 'input' });
  return { title: 'Handle Desk policy', ...schema };
}
