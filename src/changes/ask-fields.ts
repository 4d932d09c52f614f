import { z } from 'zod';
import { OnezoneId, SlackUser } from '../requests/request.js';

/** Parts that the asks of several changes have: only ids as Onezone and Slack make them go further. */
export const ServiceField = z
  .string()
  .refine((id) => OnezoneId.safeParse(id).success, 'Choose a service.');

export const PeopleField = z
  .array(z.string().refine((id) => SlackUser.safeParse(id).success, 'Choose people from the list.'))
  .min(1, 'Choose at least one person.')
  .max(50, 'Choose at most fifty people.');
