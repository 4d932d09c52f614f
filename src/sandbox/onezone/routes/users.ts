import { ZoneError } from '../errors.js';
import { effectiveOzPrivileges, groupsOfUser } from '../membership.js';
import { ozPrivileges } from '../privileges.js';
import { addUser } from '../seed.js';
import { type ZoneUser } from '../state.js';
import {
  badValueFullName,
  badValueIdentifierOccupied,
  badValuePassword,
  badValueUsername,
} from '../value-errors.js';
import { listOf, optional, required, requireOneOf, text } from '../values.js';
import { dataOf, done, ok, type Reply, selfOf, userAt, type Visit } from '../visit.js';
import { type Route } from './route.js';

export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/user',
    operation: 'get user.{self}.instance:protected',
    allow: ['any user'],
    run: (visit) => ok(protectedUser(selfOf(visit))),
  },
  {
    method: 'GET',
    path: '/user/privileges',
    operation: 'get user.{self}.oz_privileges:private',
    allow: ['any user'],
    run: (visit) => ok({ privileges: [...selfOf(visit).privileges].sort() }),
  },
  {
    method: 'GET',
    path: '/user/effective_privileges',
    operation: 'get user.{self}.eff_oz_privileges:private',
    allow: ['any user'],
    run: (visit) =>
      ok({ privileges: effectiveOzPrivileges(visit.zone.state, selfOf(visit).userId) }),
  },
  {
    method: 'GET',
    path: '/user/effective_groups',
    operation: 'get user.{self}.eff_groups:private',
    allow: ['any user'],
    run: (visit) => ok({ groups: [...groupsOfUser(visit.zone.state, selfOf(visit).userId)] }),
  },
  {
    method: 'GET',
    path: '/users',
    operation: 'get user.null.list:private',
    allow: [{ admin: ['oz_users_list'] }],
    run: ({ zone }) => ok({ users: Object.keys(zone.state.users) }),
  },
  {
    method: 'POST',
    path: '/users',
    operation: 'create user.null.instance:private',
    allow: [{ admin: ['oz_users_create'] }],
    run: createUser,
  },
  {
    method: 'GET',
    path: '/users/{user}',
    operation: 'get user.{user}.instance:protected',
    allow: ['self', { admin: ['oz_users_view'] }],
    run: (visit) => ok(protectedUser(userAt(visit))),
  },
  {
    method: 'DELETE',
    path: '/users/{user}',
    operation: 'delete user.{user}.instance:private',
    allow: ['self', { admin: ['oz_users_delete'] }],
    run: deleteUser,
  },
  {
    method: 'GET',
    path: '/users/{user}/privileges',
    operation: 'get user.{user}.oz_privileges:private',
    allow: ['self', { admin: ['oz_view_privileges'] }],
    run: (visit) => ok({ privileges: [...userAt(visit).privileges].sort() }),
  },
  {
    method: 'PATCH',
    path: '/users/{user}/privileges',
    operation: 'update user.{user}.oz_privileges:private',
    allow: [{ admin: ['oz_set_privileges'] }],
    run: changePrivileges,
  },
  {
    method: 'GET',
    path: '/users/{user}/effective_privileges',
    operation: 'get user.{user}.eff_oz_privileges:private',
    allow: ['self', { admin: ['oz_view_privileges'] }],
    run: (visit) =>
      ok({ privileges: effectiveOzPrivileges(visit.zone.state, userAt(visit).userId) }),
  },
];

/** What a handle service shows of a person: no e-mail addresses; `{}` for somebody deleted meanwhile. */
export function sharedUser(user: ZoneUser | undefined): object {
  if (user === undefined) return {};
  const { userId, fullName, username, creationTime } = user;
  return { userId, fullName, username, creationTime, ...oldNames(fullName, username) };
}

function protectedUser(user: ZoneUser): object {
  const { userId, fullName, username, emails, basicAuthEnabled, blocked, creationTime } = user;
  return {
    ...{ userId, fullName, username, emails, basicAuthEnabled, blocked },
    linkedAccounts: user.linkedAccounts.map((account) => ({
      ...account,
      ...oldNames(account.fullName, account.username),
      emailList: account.emails,
      groups: account.entitlements,
    })),
    creationTime,
    ...oldNames(fullName, username),
    emailList: emails,
  };
}

/** Names of older versions that the server still gives beside the new ones. */
function oldNames(fullName: string | null, username: string | null): object {
  return { name: fullName, login: username, alias: username };
}

function createUser(visit: Visit): Reply {
  const { zone } = visit;
  const data = dataOf(visit);
  const password = required(data, 'password', text);
  if (password === null || password.length < 8) throw new ZoneError(badValuePassword);
  const username = required(data, 'username', (value, key) =>
    freeUsername(visit, text(value, key)),
  );
  const fullName = optional(data, 'fullName', text) ?? 'Unnamed User';
  if (fullName.length < 2) throw new ZoneError(badValueFullName);
  const { userId } = addUser(zone, { username, password, fullName });
  return { status: 201, location: `/users/${userId}` };
}

function freeUsername({ zone }: Visit, username: string | null): string {
  const { usernameMax } = zone.profile;
  const pattern = new RegExp(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,${usernameMax - 2}}[a-zA-Z0-9]$`);
  if (username === null || !pattern.test(username)) {
    throw new ZoneError(badValueUsername(usernameMax));
  }
  if (Object.values(zone.state.users).some((user) => user.username === username)) {
    throw new ZoneError(badValueIdentifierOccupied('username'));
  }
  return username;
}

/** Takes their tokens and memberships along; what they created keeps naming them. */
function deleteUser(visit: Visit): Reply {
  const { state } = visit.zone;
  const { userId } = userAt(visit);
  Reflect.deleteProperty(state.users, userId);
  for (const token of Object.values(state.tokens)) {
    if (token.userId === userId) Reflect.deleteProperty(state.tokens, token.tokenId);
  }
  for (const holder of [...Object.values(state.groups), ...Object.values(state.handleServices)]) {
    Reflect.deleteProperty(holder.users, userId);
  }
  return done;
}

function changePrivileges(visit: Visit): Reply {
  const data = dataOf(visit);
  const grant = optional(data, 'grant', listOf(ozPrivileges)) ?? [];
  const revoke = optional(data, 'revoke', listOf(ozPrivileges)) ?? [];
  requireOneOf(data, ['grant', 'revoke']);
  const user = userAt(visit);
  const kept = user.privileges.filter((privilege) => !revoke.includes(privilege));
  user.privileges = [...new Set([...grant, ...kept])].sort();
  return done;
}
