import { z } from 'zod';
import { RegistrarTypeSchema } from '../../registrars/index.js';
import { OnezoneId } from '../../requests/request.js';
import type { RequestOf } from '../change.js';

/**
 * What a person says who registers a handle service. `properties` are the registrar type's own
 * (`registrars/`); the credential is the name of an account of the policy, never a password.
 */
export const RegisterAsk = z.object({
  name: z.string(),
  registrar: RegistrarTypeSchema,
  proxyEndpoint: z.string(),
  account: z.string(),
  properties: z.record(z.string(), z.union([z.string(), z.boolean()])),
});
export type RegisterAsk = z.infer<typeof RegisterAsk>;

export const RegisterBody = z.object({
  /** Ids of services that existed before the call: an answer that was lost is found among the others. */
  servicesBefore: z.array(OnezoneId).nullable(),
  /** How often Onezone was asked to register it without saying what became of it. */
  attempts: z.number().int().min(0),
});

export type RegisterRequest = RequestOf<RegisterAsk, z.infer<typeof RegisterBody>>;
