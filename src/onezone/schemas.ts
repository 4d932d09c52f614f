import { z } from 'zod';
import { shownText } from './shown-text.js';

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
const words = z.array(z.string()).max(1000);
const name = z.string().transform(shownText);
/** Of this zone or of a newer one; every Onezone has names of this form. */
const privilege = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/);
const privilegeList = z
  .array(privilege)
  .max(1000)
  .transform((list): readonly string[] => list.toSorted());
/** Unix time, as far as dates reach. */
const seconds = z.number().min(-8e12).max(8e12);

export const configuration = z.object({
  name: name.nullish(),
  version: z.string().min(1).transform(shownText),
  domain: name.nullish(),
});

export const vocabulary = z
  .object({ member: privilegeList, admin: privilegeList })
  .transform(({ member, admin }) => ({ all: admin, member }));

export const handleServiceList = z
  .object({ handle_services: ids })
  .transform((body) => body.handle_services);

export const userList = z.object({ users: ids }).transform((body) => body.users);

export const privileges = z
  .object({ privileges: privilegeList })
  .transform((body) => body.privileges);

/**
 * The reply contains the registrar's password. Only the listed properties pass this schema, and credentials inside
 * `proxyEndpoint` are cut out.
 */
export const handleService = z
  .object({
    handleServiceId: id,
    name,
    proxyEndpoint: z.string(),
    serviceProperties: z.object({ type: z.unknown(), prefix: z.unknown() }).partial(),
    creator: z.object({ type: z.string(), id: z.string().nullable() }).nullish(),
    creationTime: seconds.nullish(),
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
    proxyEndpoint: shownText(
      service.proxyEndpoint.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1'),
    ),
  }))
  .readonly();

export const publicHandleService = z
  .object({ handleServiceId: id, name })
  .transform((service): HandleService => ({
    id: service.handleServiceId,
    name: service.name,
    registrarType: null,
    prefix: null,
    creator: null,
    creationTime: null,
    proxyEndpoint: null,
  }));

/** What was asked of Onezone, compared with what it shows. The names of the fields that are not the same; values are never told. */
export const differences = (asked: NewHandleService) =>
  z
    .object({
      name: z.string(),
      proxyEndpoint: z.string(),
      serviceProperties: z.record(z.string(), z.unknown()),
    })
    .transform(({ serviceProperties, ...shown }) => {
      const properties = Object.entries(asked.serviceProperties);
      const others = Object.keys(serviceProperties).length > properties.length;
      return {
        differing: [
          ...(shown.name === asked.name ? [] : ['name']),
          ...(shown.proxyEndpoint === asked.proxyEndpoint ? [] : ['proxyEndpoint']),
          ...properties.flatMap(([key, value]) => (serviceProperties[key] === value ? [] : [key])),
          ...(others ? ['serviceProperties'] : []),
        ],
      };
    });

/** All `serviceProperties` are text or yes and no. */
export interface NewHandleService {
  readonly name: string;
  readonly proxyEndpoint: string;
  readonly serviceProperties: Readonly<Record<string, string | boolean>>;
}

type FullHandleService = z.output<typeof handleService>;

/** All but `id` and `name` are null if the token may read only the public part. */
export type HandleService = Omit<FullHandleService, 'proxyEndpoint'> & {
  readonly proxyEndpoint: string | null;
};

const linkedAccount = z.object({ idp: name, emails: words.nullish() });

export const zoneUser = z
  .object({
    userId: id,
    fullName: name.nullish(),
    username: name.nullish(),
    emails: words.nullish(),
    blocked: z.boolean().nullish(),
    linkedAccounts: z.array(linkedAccount).max(1000).nullish(),
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

/** An answer about another user says nothing about this one. */
export const zoneUserOf = (userId: string) =>
  zoneUser.refine((user) => user.id === userId, { path: ['userId'] });

/** E-mail addresses are not proof of identity: not every identity provider verifies them. */
export type ZoneUser = z.output<typeof zoneUser>;

const subject = z.object({ type: z.string(), id: z.string().nullish() });
const caveat = z.object({
  type: z.string(),
  validUntil: seconds.optional().catch(undefined),
  whitelist: z.array(z.string()).optional().catch(undefined),
  interface: z.string().optional().catch(undefined),
});

export const verifiedToken = z.object({ subject, ttl: seconds.nullish() });

export const newToken = z.object({ token: z.string().min(1) }).transform(({ token }) => token);

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
  return typeof value === 'string' ? shownText(value) : null;
}

function date(moment: number | null | undefined): Date | null {
  return typeof moment === 'number' ? new Date(moment * 1000) : null;
}
