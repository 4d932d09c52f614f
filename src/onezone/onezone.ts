import { createCaller } from './caller.js';
import { connect, type Connection } from './connect.js';
import { createHandleServices } from './handle-services.js';
import { createMemberships } from './memberships.js';
import type { Privilege, PrivilegeVocabulary } from './privileges.js';
import type { HandleService, ZoneUser } from './schemas.js';
import { createUsers } from './users.js';

export type { HandleService, ZoneUser } from './schemas.js';

/** Nothing is sent until the first call. Throws TypeError for an address or a token that cannot be one. */
export function createOnezone(config: OnezoneConfig, deps: OnezoneDeps = {}): Onezone {
  const caller = createCaller(config, deps);
  let connection: Promise<Connection> | null = null;

  function connected(): Promise<Connection> {
    connection ??= connect(caller, config, deps).catch((error: unknown) => {
      connection = null;
      throw error;
    });
    return connection;
  }

  return {
    connect: async () => (await connected()).zone,
    ...createHandleServices(connected),
    ...createMemberships(connected),
    ...createUsers(connected),
    close: caller.close,
  };
}

export interface OnezoneConfig {
  /** `https://host[:port]`: the API's prefix is found out; with a path: used as given. */
  readonly url: string;
  readonly credentials: Credentials;
  /** PEM of a private authority, trusted beside the usual ones. */
  readonly ca?: string;
  readonly insecureTls?: boolean;
  /** For the headers, and again for the body of an answer; 10 000 when not said. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
}

export type Credentials =
  { readonly token: string } | { readonly username: string; readonly password: string };

export interface OnezoneDeps {
  readonly now?: () => Date;
  readonly log?: OnezoneLog;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1, spreads the pauses before another attempt. */
  readonly random?: () => number;
  readonly onCall?: (call: OnezoneCall) => void;
}

interface OnezoneLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** One attempt at one call, for metrics. */
export interface OnezoneCall {
  readonly method: string;
  readonly path: string;
  /** The path with `:id` for every id: few enough to be a metric's label. */
  readonly route: string;
  /** null = no answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly attempt: number;
}

/**
 * How the credentials work. `admin`: the account's own `oz_*` privileges let it act on every service.
 * `membership`: it acts on the services that it is a member of, such as those it has created.
 */
export type CredentialModel = 'admin' | 'membership';

export interface ZoneInfo {
  /** Where the API was found, such as `https://onezone.example.org/api/v3/onezone`. */
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
  /** `oz_*` privileges that the model needs and the account has not; empty when unknown. */
  readonly lacking: readonly string[];
  /** null: the credentials are a user name and password. */
  readonly token: ZoneToken | null;
}

export interface ZoneToken {
  /** null: it does not expire. */
  readonly expiresAt: Date | null;
  /** null: the zone does not say. */
  readonly persistence: 'named' | 'temporary' | null;
  /** `time`, `ip`, `interface`, `service`, `consumer`, `api` …: what confines it. */
  readonly caveats: readonly { readonly type: string }[];
}

interface NewHandleService {
  readonly name: string;
  readonly proxyEndpoint: string;
  readonly serviceProperties: Readonly<Record<string, unknown>>;
}

export interface MembershipQuestion {
  /** The caller has just seen the service: a 404 then means "not a member" without another call. */
  readonly serviceExists?: boolean;
}

/**
 * One Onezone. Everything throws the classes of `errors.ts`, and `TypeError` for an id that cannot be one.
 * Lists come sorted. Calls connect by themselves; `connect` is for those who want to know first.
 */
export interface Onezone {
  /** Finds out where the API is, what it can do and who we are. Remembered once it worked. */
  readonly connect: () => Promise<ZoneInfo>;
  /** The services that the credentials can act on: all, or those it is a member of. */
  readonly listHandleServices: () => Promise<readonly string[]>;
  /** Without its registrar's user name and password, which do not leave the client. */
  readonly handleService: (serviceId: string) => Promise<HandleService>;
  /** Never sent twice: names are not unique, so a second attempt could make a second service. */
  readonly createHandleService: (service: NewHandleService) => Promise<{ readonly id: string }>;
  /** `alreadyMember`: the privileges of this call were not applied. Never sent twice. */
  readonly addUser: (
    serviceId: string,
    userId: string,
    privileges: readonly Privilege[],
  ) => Promise<'added' | 'alreadyMember'>;
  /** Never sent twice. A service that does not exist is an OnezoneError `notFound`. */
  readonly removeUser: (
    serviceId: string,
    userId: string,
    known?: MembershipQuestion,
  ) => Promise<'removed' | 'notMember'>;
  /** null: not a direct member. A service that does not exist is an OnezoneError `notFound`. */
  readonly userPrivileges: (
    serviceId: string,
    userId: string,
    known?: MembershipQuestion,
  ) => Promise<readonly Privilege[] | null>;
  /** As `userPrivileges`, with what comes through groups. */
  readonly effectivePrivileges: (
    serviceId: string,
    userId: string,
    known?: MembershipQuestion,
  ) => Promise<readonly Privilege[] | null>;
  readonly members: (serviceId: string) => Promise<readonly string[]>;
  readonly effectiveMembers: (serviceId: string) => Promise<readonly string[]>;
  /** A privilege in both lists is granted. No call when both are empty. */
  readonly changePrivileges: (
    serviceId: string,
    userId: string,
    change: { readonly grant: readonly Privilege[]; readonly revoke: readonly Privilege[] },
  ) => Promise<void>;
  readonly listUsers: () => Promise<readonly string[]>;
  readonly user: (userId: string) => Promise<ZoneUser>;
  /** Lets running calls finish, ends pauses between attempts. Calls made later fail. */
  readonly close: () => Promise<void>;
}
