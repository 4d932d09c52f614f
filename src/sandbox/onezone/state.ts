import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const idList = z.array(z.string());
/** Member id to its direct privileges, kept verbatim as the request gave them (oz-worker sorts them at the first PATCH). */
const membersSchema = z.record(z.string(), idList);
const jsonObjectSchema = z.record(z.string(), z.json());

const creatorSchema = z.union([
  z.object({ type: z.literal('user'), id: z.string() }),
  z.object({ type: z.literal('nobody'), id: z.null() }),
]);

const linkedAccountSchema = z.object({
  idp: z.string(),
  subjectId: z.string(),
  fullName: z.string().nullable(),
  username: z.string().nullable(),
  emails: idList,
  entitlements: idList,
  custom: jsonObjectSchema,
});

const userSchema = z.object({
  userId: z.string(),
  fullName: z.string(),
  username: z.string().nullable(),
  emails: idList,
  /** In clear: these people are invented. `null` is a person who only signs in through an IdP. */
  password: z.string().nullable(),
  basicAuthEnabled: z.boolean(),
  blocked: z.boolean(),
  linkedAccounts: z.array(linkedAccountSchema),
  /** Direct `oz_*` privileges. */
  privileges: idList,
  /** Raised by DELETE /user/tokens/temporary; a temporary token of an earlier generation is revoked. */
  temporaryGeneration: z.number().int(),
  creationTime: z.number().int(),
});

const groupSchema = z.object({
  groupId: z.string(),
  name: z.string(),
  type: z.enum(['organization', 'unit', 'team', 'role_holders']),
  users: membersSchema,
  groups: membersSchema,
  /** Direct `oz_*` privileges, inherited by every effective member. */
  privileges: idList,
  creator: creatorSchema,
  creationTime: z.number().int(),
});

const handleServiceSchema = z.object({
  handleServiceId: z.string(),
  name: z.string(),
  proxyEndpoint: z.string(),
  serviceProperties: jsonObjectSchema,
  users: membersSchema,
  groups: membersSchema,
  creator: creatorSchema,
  creationTime: z.number().int(),
});

const handleSchema = z.object({
  handleId: z.string(),
  handleServiceId: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  metadataPrefix: z.string(),
  metadata: z.string(),
  publicHandle: z.string(),
  creator: z.string(),
  creationTime: z.number().int(),
});

/** What a caveat says; only `type` is common to all (Onezone contract 4.3). */
export const caveatSchema = z.looseObject({ type: z.string() });

const namedTokenSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  userId: z.string(),
  /** Signs the token string: a string with another signature is `tokenInvalid`. */
  secret: z.string(),
  type: jsonObjectSchema,
  caveats: z.array(caveatSchema),
  customMetadata: jsonObjectSchema,
  revoked: z.boolean(),
  creationTime: z.number().int(),
});

const configSchema = z.object({
  name: z.string().nullable(),
  domain: z.string(),
  version: z.string(),
  build: z.string(),
  prefix: z.string(),
  /** `basicAuth` among them is what switches basic auth on. */
  supportedIdPs: z.array(z.object({ id: z.string(), offlineAccess: z.boolean() })),
  breakerOpen: z.boolean(),
  /** Signs temporary tokens. */
  tokenSecret: z.string(),
});

/** The whole Onezone as one plain JSON value: write it to a file, hand it back to {@link startOnezoneSandbox}. */
export const zoneStateSchema = z.object({
  config: configSchema,
  users: z.record(z.string(), userSchema),
  groups: z.record(z.string(), groupSchema),
  handleServices: z.record(z.string(), handleServiceSchema),
  handles: z.record(z.string(), handleSchema),
  tokens: z.record(z.string(), namedTokenSchema),
});

export type ZoneState = z.infer<typeof zoneStateSchema>;
export type ZoneUser = z.infer<typeof userSchema>;
export type ZoneGroup = z.infer<typeof groupSchema>;
export type ZoneHandleService = z.infer<typeof handleServiceSchema>;
export type ZoneHandle = z.infer<typeof handleSchema>;
export type ZoneNamedToken = z.infer<typeof namedTokenSchema>;
export type ZoneCreator = z.infer<typeof creatorSchema>;
export type ZoneCaveat = z.infer<typeof caveatSchema>;
export type Members = z.infer<typeof membersSchema>;
export type JsonObject = z.infer<typeof jsonObjectSchema>;

/** An Onezone nobody has used yet: basic auth on, Google known, no users, groups or handle services. */
export function emptyZoneState(): ZoneState {
  return {
    config: {
      name: 'Example zone',
      domain: 'onezone.example.com',
      version: '21.02.7',
      build: '19-g0d0fd5b',
      prefix: '/api/v3/onezone',
      supportedIdPs: [
        { id: 'basicAuth', offlineAccess: false },
        { id: 'google', offlineAccess: true },
      ],
      breakerOpen: false,
      tokenSecret: randomBytes(16).toString('hex'),
    },
    users: {},
    groups: {},
    handleServices: {},
    handles: {},
    tokens: {},
  };
}
