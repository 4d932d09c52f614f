import { relationAlreadyExists, ZoneError } from '../errors.js';
import {
  effectiveGroupPrivileges,
  effectiveGroups,
  effectivePrivileges,
  effectiveUsers,
  hasUser,
} from '../membership.js';
import { own } from '../own.js';
import { handleServicePrivileges } from '../privileges.js';
import { type Rule } from '../rules.js';
import { type Members, type ZoneHandleService, type ZoneState } from '../state.js';
import { badValueIdNotFound } from '../value-errors.js';
import { listOf, optional, requireOneOf } from '../values.js';
import { dataOf, done, idAt, ok, type Reply, serviceAt, type Visit } from '../visit.js';
import { sharedGroup } from './groups.js';
import { type Route } from './route.js';
import { sharedUser } from './users.js';

/** What differs between the two sorts of member a handle service has. */
interface MemberKind {
  readonly one: 'user' | 'group';
  readonly many: 'users' | 'groups';
  readonly idKey: 'userId' | 'groupId';
  /** Who may look at one member besides those who may view the service. */
  readonly seenBy: readonly Rule[];
  readonly privilegesSeenBy: readonly Rule[];
  readonly known: (state: ZoneState, id: string) => boolean;
  readonly effective: (state: ZoneState, service: ZoneHandleService) => Set<string>;
  /** Membership for the route that shows one member: effective, and for users the creator too. */
  readonly shown: (state: ZoneState, service: ZoneHandleService, id: string) => boolean;
  readonly privileges: (state: ZoneState, service: ZoneHandleService, id: string) => string[];
  readonly body: (state: ZoneState, id: string) => object;
}

const users: MemberKind = {
  one: 'user',
  many: 'users',
  idKey: 'userId',
  seenBy: ['self', 'member sees creator', { admin: ['oz_users_view'] }],
  privilegesSeenBy: ['self'],
  known: (state, id) => own(state.users, id) !== undefined,
  effective: effectiveUsers,
  shown: (state, service, id) => service.creator.id === id || hasUser(state, service, id),
  privileges: effectivePrivileges,
  body: (state, id) => sharedUser(own(state.users, id)),
};

const groups: MemberKind = {
  one: 'group',
  many: 'groups',
  idKey: 'groupId',
  seenBy: [{ admin: ['oz_groups_view'] }],
  privilegesSeenBy: [],
  known: (state, id) => own(state.groups, id) !== undefined,
  effective: effectiveGroups,
  shown: (state, service, id) => effectiveGroups(state, service).has(id),
  privileges: effectiveGroupPrivileges,
  body: (state, id) => sharedGroup(own(state.groups, id)),
};

const views: Rule = { member: 'handle_service_view' };
const updates: Rule = { member: 'handle_service_update' };
const lists: Rule = { admin: ['oz_handle_services_list_relationships'] };
const seesPrivileges: Rule = { admin: ['oz_handle_services_view_privileges'] };

/** Who has access to a handle service (Onezone contract 2, routes 8 to 22). */
export const memberRoutes: readonly Route[] = [users, groups].flatMap((kind) => [
  ...direct(kind),
  ...effective(kind),
]);

function direct(kind: MemberKind): readonly Route[] {
  const { one, many } = kind;
  const path = `/handle_services/{hs}/${many}`;
  const relation = `handleService.{hs}.${one},{${one}}:private`;
  const relate = (verb: 'add' | 'remove'): Rule => ({
    admin: [`oz_handle_services_${verb}_relationships`, `oz_${many}_${verb}_relationships`],
  });
  const isMember = (visit: Visit) => Object.hasOwn(serviceAt(visit)[many], idAt(visit, one));
  return [
    {
      method: 'GET',
      path,
      operation: `get handleService.{hs}.${many}:private`,
      allow: [views, lists],
      run: (visit) => ok({ [many]: Object.keys(serviceAt(visit)[many]) }),
    },
    shownMember(kind, path),
    {
      method: 'PUT',
      path: `${path}/{${one}}`,
      operation: `create ${relation}`,
      allow: [updates, relate('add')],
      run: (visit) => addMember(visit, kind),
    },
    {
      method: 'DELETE',
      path: `${path}/{${one}}`,
      operation: `delete ${relation}`,
      allow: [updates, relate('remove')],
      exists: isMember,
      run: (visit) => {
        Reflect.deleteProperty(serviceAt(visit)[many], idAt(visit, one));
        return done;
      },
    },
    {
      method: 'GET',
      path: `${path}/{${one}}/privileges`,
      operation: `get handleService.{hs}.${one}_privileges,{${one}}:private`,
      allow: [...kind.privilegesSeenBy, views, seesPrivileges],
      exists: isMember,
      run: (visit) => ok({ privileges: own(serviceAt(visit)[many], idAt(visit, one)) ?? [] }),
    },
    {
      method: 'PATCH',
      path: `${path}/{${one}}/privileges`,
      operation: `update handleService.{hs}.${one}_privileges,{${one}}:private`,
      allow: [updates, { admin: ['oz_handle_services_set_privileges'] }],
      exists: isMember,
      run: (visit) => changePrivileges(visit, serviceAt(visit)[many], idAt(visit, one)),
    },
  ];
}

function effective(kind: MemberKind): readonly Route[] {
  const { one, many } = kind;
  const path = `/handle_services/{hs}/effective_${many}`;
  const members = (visit: Visit) => kind.effective(visit.zone.state, serviceAt(visit));
  return [
    {
      method: 'GET',
      path,
      operation: `get handleService.{hs}.eff_${many}:private`,
      allow: [views, lists],
      run: (visit) => ok({ [many]: [...members(visit)] }),
    },
    shownMember(kind, path),
    {
      method: 'GET',
      path: `${path}/{${one}}/privileges`,
      operation: `get handleService.{hs}.eff_${one}_privileges,{${one}}:private`,
      allow: [...kind.privilegesSeenBy, views, seesPrivileges],
      exists: (visit) => members(visit).has(idAt(visit, one)),
      run: (visit) => {
        const { state } = visit.zone;
        return ok({ privileges: kind.privileges(state, serviceAt(visit), idAt(visit, one)) });
      },
    },
  ];
}

/** The same resource under `users` and `effective_users`: about the member, so its operation names the member. */
function shownMember(kind: MemberKind, path: string): Route {
  const { one } = kind;
  return {
    method: 'GET',
    path: `${path}/{${one}}`,
    operation: `get ${one}.{${one}}.instance:shared`,
    allow: [views, ...kind.seenBy],
    exists: (visit) => kind.shown(visit.zone.state, serviceAt(visit), idAt(visit, one)),
    run: (visit) => ok(kind.body(visit.zone.state, idAt(visit, one))),
  };
}

function addMember(visit: Visit, kind: MemberKind): Reply {
  const { state, profile } = visit.zone;
  const service = serviceAt(visit);
  const id = idAt(visit, kind.one);
  const { admin, member } = handleServicePrivileges(profile);
  const data = dataOf(visit);
  if (!kind.known(state, id)) throw new ZoneError(badValueIdNotFound(kind.idKey));
  const privileges = optional(data, 'privileges', listOf(admin)) ?? [...member];
  if (Object.hasOwn(service[kind.many], id)) {
    const relation = { child: kind.one, childId: id, serviceId: service.handleServiceId };
    throw new ZoneError(relationAlreadyExists(relation, profile.alreadyMemberStatus));
  }
  service[kind.many][id] = privileges;
  return {
    status: 201,
    location: `/handle_services/${service.handleServiceId}/${kind.many}/${id}`,
  };
}

/** What is granted wins over what is revoked; the result is sorted and without repeats. */
function changePrivileges(visit: Visit, members: Members, id: string): Reply {
  const { admin } = handleServicePrivileges(visit.zone.profile);
  const data = dataOf(visit);
  const grant = optional(data, 'grant', listOf(admin)) ?? [];
  const revoke = optional(data, 'revoke', listOf(admin)) ?? [];
  requireOneOf(data, ['grant', 'revoke']);
  const kept = (own(members, id) ?? []).filter((privilege) => !revoke.includes(privilege));
  members[id] = [...new Set([...grant, ...kept])].sort();
  return done;
}
