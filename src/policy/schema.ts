import { z } from 'zod';
import { PolicyFile } from './policy-file.js';

/**
 * JSON Schema of the policy file, for editors; stored as policy.schema.json beside the example. Editors know draft 7 best.
 * It says less than `parsePolicy`, which also knows what the words mean.
 */
export function policySchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(PolicyFile, { target: 'draft-7', io: 'input' });
  return { title: 'Handle Desk policy', ...schema };
}
