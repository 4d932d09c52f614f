import { idOfIdpUser, newSecret, newZoneId } from './ids.js';
import { handleServicePrivileges, ozPrivileges } from './privileges.js';
import {
  type JsonObject,
  type Members,
  type ZoneCaveat,
  type ZoneCreator,
  type ZoneGroup,
  type ZoneHandleService,
  type ZoneUser,
} from './state.js';
import { namedTokenString, temporaryTokenString } from './tokens.js';
import { type Zone } from './zone.js';

export interface NewUser {
  readonly userId?: string;
  readonly fullName?: string;
  readonly username?: string | null;
  readonly emails?: readonly string[];
  /** A password also switches basic auth on for the user, unless `basicAuthEnabled` says otherwise. */
  readonly password?: string;
  readonly basicAuthEnabled?: boolean;
  readonly blocked?: boolean;
  readonly linkedAccounts?: readonly {
    readonly idp: string;
    readonly subjectId: string;
    readonly emails?: readonly string[];
  }[];
  /** `oz_*` privileges; `all` makes an admin. */
  readonly privileges?: readonly string[] | 'all';
}

export interface NewGroup {
  readonly groupId?: string;
  readonly name?: string;
  readonly type?: ZoneGroup['type'];
  /** User ids (with the privilege to see the group), or user id to privileges in the group. */
  readonly users?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Child groups. */
  readonly groups?: readonly string[];
  /** `oz_*` privileges every member inherits. */
  readonly privileges?: readonly string[];
}

export interface NewHandleService {
  readonly handleServiceId?: string;
  readonly name: string;
  readonly proxyEndpoint?: string;
  readonly serviceProperties?: JsonObject;
  /** User ids (with the default privileges of a member), or user id to privileges. */
  readonly users?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly groups?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly creatorId?: string;
}

export interface NewToken {
  readonly userId: string;
  readonly name?: string;
  readonly caveats?: readonly ZoneCaveat[];
  /** `{"accessToken":{}}` when left out. */
  readonly type?: JsonObject;
  readonly temporary?: boolean;
  readonly revoked?: boolean;
}

export function addUser(zone: Zone, user: NewUser = {}): ZoneUser {
  const accounts = (user.linkedAccounts ?? []).map(linkedAccount);
  const first = accounts[0];
  const userId =
    user.userId ?? (first === undefined ? newZoneId() : idOfIdpUser(first.idp, first.subjectId));
  const added: ZoneUser = {
    userId,
    fullName: user.fullName ?? 'Unnamed User',
    username: user.username ?? null,
    emails: [...(user.emails ?? accounts.flatMap(({ emails }) => emails.map(normalisedEmail)))],
    password: user.password ?? null,
    basicAuthEnabled: user.basicAuthEnabled ?? user.password !== undefined,
    blocked: user.blocked ?? false,
    linkedAccounts: accounts,
    privileges: [...(user.privileges === 'all' ? ozPrivileges : (user.privileges ?? []))].sort(),
    temporaryGeneration: 0,
    creationTime: zone.seconds(),
  };
  zone.state.users[userId] = added;
  return added;
}

export function addGroup(zone: Zone, group: NewGroup = {}): ZoneGroup {
  const groupId = group.groupId ?? newZoneId();
  const added: ZoneGroup = {
    groupId,
    name: group.name ?? 'Unnamed group',
    type: group.type ?? 'team',
    users: members(group.users, ['group_view']),
    groups: members(group.groups, ['group_view']),
    privileges: [...(group.privileges ?? [])].sort(),
    creator: creatorOf(undefined),
    creationTime: zone.seconds(),
  };
  zone.state.groups[groupId] = added;
  return added;
}

export function addHandleService(zone: Zone, service: NewHandleService): ZoneHandleService {
  const handleServiceId = service.handleServiceId ?? newZoneId();
  const { member } = handleServicePrivileges(zone.profile);
  const added: ZoneHandleService = {
    handleServiceId,
    name: service.name,
    proxyEndpoint: service.proxyEndpoint ?? 'https://hps.example.org/api/v1',
    serviceProperties: { ...(service.serviceProperties ?? { type: 'PID', prefix: '21.T15999' }) },
    users: members(service.users, member),
    groups: members(service.groups, member),
    creator: creatorOf(service.creatorId),
    creationTime: zone.seconds(),
  };
  zone.state.handleServices[handleServiceId] = added;
  return added;
}

export function mintToken(zone: Zone, token: NewToken): string {
  const id = newZoneId();
  const { userId, caveats = [], type = { accessToken: {} } } = token;
  if (token.temporary === true) {
    return temporaryTokenString(zone.state, { id, userId, type, caveats });
  }
  const named = {
    tokenId: id,
    name: token.name ?? `token ${id.slice(0, 6)}`,
    userId,
    secret: newSecret(),
    type,
    caveats: [...caveats],
    customMetadata: {},
    revoked: token.revoked ?? false,
    creationTime: zone.seconds(),
  };
  zone.state.tokens[id] = named;
  return namedTokenString(zone.state, named);
}

function members(given: NewHandleService['users'], privileges: readonly string[]): Members {
  if (given === undefined) return {};
  const entries: (readonly [string, readonly string[]])[] = isList(given)
    ? given.map((id) => [id, privileges])
    : Object.entries(given);
  return Object.fromEntries(entries.map(([id, own]) => [id, [...own]]));
}

function isList(value: NonNullable<NewHandleService['users']>): value is readonly string[] {
  return Array.isArray(value);
}

function creatorOf(userId: string | undefined): ZoneCreator {
  return userId === undefined ? { type: 'nobody', id: null } : { type: 'user', id: userId };
}

function linkedAccount(account: NonNullable<NewUser['linkedAccounts']>[number]) {
  return {
    idp: account.idp,
    subjectId: account.subjectId,
    fullName: null,
    username: null,
    emails: [...(account.emails ?? [])],
    entitlements: [],
    custom: {},
  };
}

/** Onezone drops the dots before `@gmail.com` and leaves the case alone. */
function normalisedEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return domain === 'gmail.com' ? `${local.replaceAll('.', '')}@${domain}` : email;
}
