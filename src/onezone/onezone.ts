import type { Withhold } from '../withhold.js';
import { createCaller } from './caller.js';
import { connect, type Connection } from './connect.js';
import { createHandleServices } from './handle-services.js';
import { createMemberships } from './memberships.js';
import type { Privilege, PrivilegeVocabulary } from './privileges.js';
import { createProof } from './proof.js';
import type { HandleService, NewHandleService, ZoneUser } from './schemas.js';
import { createUsers } from './users.js';

export type { HandleService, NewHandleService, ZoneUser } from './schemas.js';

/** Sends nothing until the first call. Throws TypeError for a malformed address or token. */
export function createOnezone(config: OnezoneConfig, deps: OnezoneDeps = {}): Onezone {
  const caller = createCaller(config, deps);
  let connection: Promise<Connection> | null = null;
  let known: ZoneInfo | null = null;

  function connected(): Promise<Connection> {
    connection ??= connect(caller, config, deps).then(
      (result) => {
        known = result.zone;
        return result;
      },
      (error: unknown) => {
        connection = null;
        throw error;
      },
    );
    return connection;
  }

  return {
    connect: async () => (await connected()).zone,
    known: () => known,
    ...createHandleServices(connected),
    ...createMemberships(connected),
    ...createUsers(connected),
    ...createProof(connected),
    close: caller.close,
  };
}

export interface OnezoneConfig {
  /** `https://host[:port]`: the API's prefix is detected; with a path: used as given. */
  readonly url: string;
  readonly credentials: Credentials;
  /** PEM of a private authority, trusted in addition to the public ones. */
  readonly ca?: string;
  readonly insecureTls?: boolean;
  /** For one call, from its first byte sent to the last of the answer. Default 10 000. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
}

export type Credentials =
  { readonly token: string } | { readonly username: string; readonly password: string };

export interface OnezoneDeps {
  readonly now?: () => Date;
  readonly log?: OnezoneLog;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1; jitter of the pauses between attempts. */
  readonly random?: () => number;
  readonly onCall?: (call: OnezoneCall) => void;
  /** What every answer passes before anybody sees it. Default: nothing is withheld. */
  readonly withhold?: Withhold;
}

interface OnezoneLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** One attempt at one call, for metrics. */
export interface OnezoneCall {
  readonly method: string;
  readonly path: string;
  /** The path with `:id` for every id, so that it can be a metric's label. */
  readonly route: string;
  /** null: no answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly attempt: number;
}

/**
 * `admin`: the account's `oz_*` privileges let it act on every service. `membership`: it can act only on services
 * that it is a member of, such as those it created.
 */
export type CredentialModel = 'admin' | 'membership';

export interface ZoneInfo {
  /** Such as `https://onezone.example.org/api/v3/onezone`. */
  readonly apiUrl: string;
  readonly name: string | null;
  readonly domain: string | null;
  /** `21.02.7`, `20.02.20-rc1`. */
  readonly version: string;
  readonly privileges: PrivilegeVocabulary;
  readonly me: {
    readonly id: string;
    /** null: the token may not read it. */
    readonly fullName: string | null;
    readonly username: string | null;
  };
  /** The account's effective `oz_*` privileges; null: the token may not read them. */
  readonly ozPrivileges: readonly string[] | null;
  readonly model: CredentialModel;
  /** `oz_*` privileges that the model needs and the account lacks; empty when unknown. */
  readonly lacking: readonly string[];
  /** null: the credentials are user name and password. */
  readonly token: ZoneToken | null;
}

export interface ZoneToken {
  /** null: it does not expire. */
  readonly expiresAt: Date | null;
  /** null: the zone does not say. */
  readonly persistence: 'named' | 'temporary' | null;
  /** What confines it: `time`, `ip`, `interface`, `service`, `consumer`, `api` … */
  readonly caveats: readonly ZoneCaveat[];
}

export interface ZoneCaveat {
  readonly type: string;
  /** Of `api` and `service`: what is left allowed. */
  readonly whitelist?: readonly string[] | undefined;
  readonly interface?: string | undefined;
}

export interface MembershipOptions {
  /** The caller has just read the service, so a 404 means "not a member" and saves a call. */
  readonly serviceExists?: boolean;
}

export type ProvenIdentity =
  /** `ttl` in seconds; null: it never ends. */
  | { readonly kind: 'user'; readonly id: string; readonly ttl: number | null }
  | {
      readonly kind: 'refused';
      readonly why:
        | 'another kind'
        | 'expired'
        | 'revoked'
        | 'blocked'
        /** Confined to another consumer, address or interface. */
        | 'not for here'
        | 'not good'
        | 'not a user';
    };

/**
 * One Onezone. Everything throws the classes of `errors.ts`, and `TypeError` for a malformed id. Lists are sorted.
 * Every call connects on demand.
 */
export interface Onezone {
  /** Detects the API's address, its version and our own account. Done once; after a failure, again at the next call. */
  readonly connect: () => Promise<ZoneInfo>;
  /** What the last successful connection found, by `connect` or any other call; null: none succeeded yet. Sends nothing. */
  readonly known: () => ZoneInfo | null;
  /** The services that the account can act on; see CredentialModel. */
  readonly listHandleServices: () => Promise<readonly string[]>;
  /** Without the registrar's user name and password, which never leave the client. */
  readonly handleService: (serviceId: string) => Promise<HandleService>;
  /**
   * As `handleService`, and the names of what is not as it was asked, credentials compared too; null: the token may read only the public
   * part, which tells no more than the name.
   */
  readonly compareHandleService: (
    serviceId: string,
    asked: NewHandleService,
  ) => Promise<HandleService & { readonly differing: readonly string[] | null }>;
  /** Never retried: names are not unique, so a second attempt could create a duplicate. */
  readonly createHandleService: (service: NewHandleService) => Promise<{ readonly id: string }>;
  /** `alreadyMember`: the privileges of this call were not applied. Never retried. */
  readonly addUser: (
    serviceId: string,
    userId: string,
    privileges: readonly Privilege[],
  ) => Promise<'added' | 'alreadyMember'>;
  /** Never retried. A missing service is an OnezoneError `notFound`. */
  readonly removeUser: (
    serviceId: string,
    userId: string,
    options?: MembershipOptions,
  ) => Promise<'removed' | 'notMember'>;
  /** null: not a direct member. A missing service is an OnezoneError `notFound`. */
  readonly userPrivileges: (
    serviceId: string,
    userId: string,
    options?: MembershipOptions,
  ) => Promise<readonly Privilege[] | null>;
  /** As `userPrivileges`, including privileges through groups. */
  readonly effectivePrivileges: (
    serviceId: string,
    userId: string,
    options?: MembershipOptions,
  ) => Promise<readonly Privilege[] | null>;
  readonly members: (serviceId: string) => Promise<readonly string[]>;
  readonly effectiveMembers: (serviceId: string) => Promise<readonly string[]>;
  /** A privilege in both lists is granted. Sends nothing when both are empty. */
  readonly changePrivileges: (
    serviceId: string,
    userId: string,
    change: { readonly grant: readonly Privilege[]; readonly revoke: readonly Privilege[] },
  ) => Promise<void>;
  readonly listUsers: () => Promise<readonly string[]>;
  readonly user: (userId: string) => Promise<ZoneUser>;
  /** The `oz_*` privileges of a user, also through groups. Takes `oz_view_privileges`. */
  readonly ozPrivilegesOf: (userId: string) => Promise<readonly string[]>;
  /** Whose identity token this is. What is wrong with it comes back in a word; an outage throws. */
  readonly verifyIdentityToken: (token: string) => Promise<ProvenIdentity>;
  /** Lets running calls finish and cancels pending retries. Later calls fail. */
  readonly close: () => Promise<void>;
}
