import { z } from 'zod';

/**
 * New ids are 32 hex digits, `ch` and four more digits; older ones differ, and some groups have names for ids. Never allow
 * dots: Onezone decodes a path before it resolves dot segments, so an id of `..` would change the route.
 */
const ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

export function isOnezoneId(text: string): boolean {
  return ID_PATTERN.test(text);
}

const id = z.string().regex(ID_PATTERN);
const ids = z.array(id).transform((list): readonly string[] => list.toSorted());
const words = z.array(z.string());
const sortedWords = words.transform((list): readonly string[] => list.toSorted());

export const configuration = z.object({
  name: z.string().nullish(),
  version: z.string().min(1),
  domain: z.string().nullish(),
});

export const vocabulary = z
  .object({ member: words, admin: words })
  .transform(({ member, admin }) => ({ all: admin.toSorted(), member: member.toSorted() }));

export const handleServiceList = z
  .object({ handle_services: ids })
  .transform((body) => body.handle_services);

export const userList = z.object({ users: ids }).transform((body) => body.users);

export const privileges = z
  .object({ privileges: sortedWords })
  .transform((body) => body.privileges);

/**
 * The reply contains the registrar's password. Only the listed properties pass this schema, and credentials inside
 * `proxyEndpoint` are cut out.
 */
export const handleService = z
  .object({
    handleServiceId: id,
    name: z.string(),
    proxyEndpoint: z.string(),
    serviceProperties: z.object({ type: z.unknown(), prefix: z.unknown() }).partial(),
    creator: z.object({ type: z.string(), id: z.string().nullable() }).nullish(),
    creationTime: z.number().nullish(),
  })
  .transform(({ serviceProperties, creator, creationTime, ...service }) => ({
    id: service.handleServiceId,
    name: service.name,
    /** Not validated by Onezone: whatever was sent at registration, such as `DOI`. */
    registrarType: text(serviceProperties.type),
    prefix: text(serviceProperties.prefix),
    /** null: unknown, or not a user. */
    creator: creator?.type === 'user' ? creator.id : null,
    /** To the second. */
    creationTime: date(creationTime),
    proxyEndpoint: service.proxyEndpoint.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1'),
  }))
  .readonly();

export const publicHandleService = z
  .object({ handleServiceId: id, name: z.string() })
  .transform((service): HandleService => ({
    id: service.handleServiceId,
    name: service.name,
    registrarType: null,
    prefix: null,
    creator: null,
    creationTime: null,
    proxyEndpoint: null,
  }));

type FullHandleService = z.output<typeof handleService>;

/** All but `id` and `name` are null if the token may read only the public part. */
export type HandleService = Omit<FullHandleService, 'proxyEndpoint'> & {
  readonly proxyEndpoint: string | null;
};

const linkedAccount = z.object({ idp: z.string(), emails: words.nullish() });

export const zoneUser = z
  .object({
    userId: id,
    fullName: z.string().nullish(),
    username: z.string().nullish(),
    emails: words.nullish(),
    blocked: z.boolean().nullish(),
    linkedAccounts: z.array(linkedAccount).nullish(),
  })
  .transform(({ userId, linkedAccounts, ...user }) => ({
    id: userId,
    fullName: user.fullName ?? '',
    username: user.username ?? null,
    /** As the zone stores them: Gmail's dots removed, not lower-cased. */
    emails: user.emails ?? [],
    /** As the identity providers sent them. */
    linkedEmails: [...new Set(linkedAccounts?.flatMap((account) => account.emails ?? []))],
    linkedIdps: [...new Set(linkedAccounts?.map((account) => account.idp))],
    /** Always false before 20.02.10, which does not report it. */
    blocked: user.blocked ?? false,
  }))
  .readonly();

/** E-mail addresses are not proof of identity: not every identity provider verifies them. */
export type ZoneUser = z.output<typeof zoneUser>;

const subject = z.object({ type: z.string(), id: z.string().nullish() });
const caveat = z.object({
  type: z.string(),
  validUntil: z.number().optional().catch(undefined),
  whitelist: z.array(z.string()).optional().catch(undefined),
  interface: z.string().optional().catch(undefined),
});

export const verifiedToken = z.object({ subject, ttl: z.number().nullish() });

export const examinedToken = z.object({
  subject,
  persistence: z.enum(['named', 'temporary']).nullish().catch(null),
  caveats: z.array(caveat).catch([]),
});

/** 20.02 to 25.x. Other fields are not read, as they echo what was sent, credentials included. */
export const errorBody = z.object({
  error: z.object({
    id: z.string().max(100),
    details: z
      .object({
        key: z.string().nullish().catch(null),
        reference: z.string().nullish().catch(null),
        authError: z
          .object({
            id: z.string().max(100),
            details: z
              .object({ caveat: z.object({ type: z.string() }).nullish().catch(null) })
              .nullish()
              .catch(null),
          })
          .nullish()
          .catch(null),
        caveat: z.object({ type: z.string() }).nullish().catch(null),
        tokenError: z
          .object({ id: z.string().max(100) })
          .nullish()
          .catch(null),
      })
      .nullish()
      .catch(null),
  }),
});

export type ErrorBody = z.output<typeof errorBody>['error'];

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

function date(seconds: number | null | undefined): Date | null {
  return typeof seconds === 'number' ? new Date(seconds * 1000) : null;
}
