import { z } from 'zod';

/**
 * New ids are 32 hex digits and `ch` with four more, old ones are not, and some groups have names for ids.
 * Anything looser is dangerous: Onezone decodes a path and then resolves its dots, so `..` changes the route.
 */
const ID = /^[A-Za-z0-9_-]{1,128}$/;

export function isOnezoneId(text: string): boolean {
  return ID.test(text);
}

const id = z.string().regex(ID);
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
 * Every member of a service may read its registrar's password from this reply. Only the listed properties get
 * past this schema; `proxyEndpoint` loses a user name and password written into it.
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
    /** Onezone does not look at it: whatever the registering person wrote, such as `DOI`. */
    registrarType: text(serviceProperties.type),
    prefix: text(serviceProperties.prefix),
    /** The user who registered it. */
    creator: creator?.type === 'user' ? creator.id : null,
    /** Whole seconds. */
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

/** Of a service that the token may see only in public, all but `id` and `name` are null. */
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
    /** As the zone stores them: dots gone from Gmail's local parts, but not lower-cased. */
    emails: user.emails ?? [],
    /** As the identity providers wrote them. */
    linkedEmails: [...new Set(linkedAccounts?.flatMap((account) => account.emails ?? []))],
    linkedIdps: [...new Set(linkedAccounts?.map((account) => account.idp))],
    /** false also on zones that do not say (before 20.02.10). */
    blocked: user.blocked ?? false,
  }))
  .readonly();

/** One person's record in the zone. An e-mail address here is no proof: not every provider verifies it. */
export type ZoneUser = z.output<typeof zoneUser>;

const subject = z.object({ type: z.string(), id: z.string().nullish() });
const caveat = z.object({ type: z.string(), validUntil: z.number().optional().catch(undefined) });

export const verifiedToken = z.object({ subject, ttl: z.number().nullish() });

export const examinedToken = z.object({
  subject,
  persistence: z.enum(['named', 'temporary']).nullish().catch(null),
  caveats: z.array(caveat).catch([]),
});

/**
 * The one shape of an error, 20.02 to 25.x. Only these fields are read: others repeat what was sent. `details`
 * may be missing, and `authError` null.
 */
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
