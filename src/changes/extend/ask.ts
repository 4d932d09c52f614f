import { z } from 'zod';
import { Until } from '../../access/until.js';
import type { RequestOf } from '../change.js';

/** `access` names a claim: the request that gave it, and the person. */
export const ExtendAsk = z.object({
  access: z.string().regex(/^R-[0-9A-Z]{8}:[UW][A-Z0-9]{2,20}$/, 'Choose an access.'),
  until: Until,
});
export type ExtendAsk = z.infer<typeof ExtendAsk>;

/** What is extended, as it was when it was asked; `end` is the new end once it is carried out. */
export const ExtendBody = z.object({
  level: z.enum(['use', 'maintain', 'own']),
  from: z.coerce.date(),
  end: z.coerce.date().nullable(),
});
export type ExtendBody = z.infer<typeof ExtendBody>;

export type ExtendRequest = RequestOf<ExtendAsk, ExtendBody>;

export const claimValue = (request: string, slack: string): string => `${request}:${slack}`;

export function parseClaimValue(value: string): { readonly grant: string; readonly slack: string } {
  const [grant = '', slack = ''] = value.split(':');
  return { grant, slack };
}
