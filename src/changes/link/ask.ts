import { z } from 'zod';
import { OnezoneId } from '../../requests/request.js';
import type { RequestOf } from '../change.js';

export const LinkAsk = z.object({
  slack: z.string().min(1, 'Choose a person.'),
  onezone: z.string().min(1, 'Choose a Onezone user.'),
});
export type LinkAsk = z.infer<typeof LinkAsk>;

/** `before`: whom they were linked to when it was looked at last. `second`: why somebody else has to agree in any case. */
export const LinkBody = z.object({
  before: OnezoneId.nullable(),
  second: z.string().nullable(),
});
export type LinkBody = z.infer<typeof LinkBody>;

export type LinkRequest = RequestOf<LinkAsk, LinkBody>;
