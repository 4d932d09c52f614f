import { z } from 'zod';
import { PeopleField, ServiceField } from '../ask-fields.js';
import type { RequestOf } from '../change.js';

export const RevokeAsk = z.object({
  service: ServiceField,
  people: PeopleField,
});

/** `until` is when each part would have ended by itself, for the approvers: by person and request. */
export const RevokeBody = z.object({
  claims: z.array(
    z.object({
      slack: z.string(),
      onezone: z.string(),
      request: z.string(),
      level: z.enum(['use', 'maintain', 'own']),
      until: z.coerce.date().nullable(),
    }),
  ),
});
export type RevokeBody = z.infer<typeof RevokeBody>;

export type RevokeRequest = RequestOf<z.infer<typeof RevokeAsk>, RevokeBody>;
