import { z } from 'zod';

/**
 * What a person says who registers a handle service. `properties` are the registrar type's own
 * (`registrars/`); the credential is the name of an account of the policy, never a password.
 */
export const RegisterAsk = z.object({
  name: z.string(),
  registrar: z.enum(['DOI', 'PID']),
  proxyEndpoint: z.string(),
  account: z.string(),
  properties: z.record(z.string(), z.union([z.string(), z.boolean()])),
  reason: z.string().trim().max(3000),
});
export type RegisterAsk = z.infer<typeof RegisterAsk>;
