import { z } from 'zod';
import { Until } from '../../access/until.js';
import { Level } from '../../requests/level.js';
import { SlackUser } from '../../requests/request.js';
import { PeopleField, ServiceField } from '../ask-fields.js';
import type { RequestOf } from '../change.js';

/** What is asked for. People are Slack users; who they are in Onezone is found out later. */
export const GrantAsk = z.object({
  service: ServiceField,
  people: PeopleField,
  level: Level,
  until: Until,
});
export type GrantAsk = z.infer<typeof GrantAsk>;

/**
 * `end` is when it ends; null while it is not carried out, or for a permanent grant. `newcomers`: whoever was granted nothing before, and
 * so is told in full how to begin.
 */
export const GrantBody = z.object({
  end: z.coerce.date().nullable(),
  newcomers: z.array(SlackUser).default([]),
});
export type GrantBody = z.infer<typeof GrantBody>;

export type GrantRequest = RequestOf<GrantAsk, GrantBody>;
