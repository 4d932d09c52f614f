import { own } from './own.js';
import { type Members, type ZoneHandleService, type ZoneState } from './state.js';

interface MemberHolder {
  readonly users: Members;
  readonly groups: Members;
}

/** Groups that are members directly or inside a member group. */
export function effectiveGroups(state: ZoneState, holder: MemberHolder): Set<string> {
  const found = new Set(Object.keys(holder.groups));
  for (const groupId of found) {
    for (const child of Object.keys(own(state.groups, groupId)?.groups ?? {})) found.add(child);
  }
  return found;
}

export function effectiveUsers(state: ZoneState, holder: MemberHolder): Set<string> {
  const found = new Set(Object.keys(holder.users));
  for (const groupId of effectiveGroups(state, holder)) {
    for (const userId of Object.keys(own(state.groups, groupId)?.users ?? {})) found.add(userId);
  }
  return found;
}

/** Asked from the user's side, so that a service with a hundred thousand members costs no more than one with ten. */
export function hasUser(state: ZoneState, holder: MemberHolder, userId: string): boolean {
  if (Object.hasOwn(holder.users, userId)) return true;
  const groupIds = Object.keys(holder.groups);
  if (groupIds.length === 0) return false;
  const mine = groupsOfUser(state, userId);
  return groupIds.some((groupId) => mine.has(groupId));
}

export function groupsOfUser(state: ZoneState, userId: string): Set<string> {
  const direct = Object.values(state.groups).filter((group) => Object.hasOwn(group.users, userId));
  return withParents(
    state,
    direct.map((group) => group.groupId),
  );
}

/** The groups themselves and every group they are in. */
function withParents(state: ZoneState, groupIds: readonly string[]): Set<string> {
  const found = new Set(groupIds);
  for (const groupId of found) {
    for (const parent of Object.values(state.groups)) {
      if (Object.hasOwn(parent.groups, groupId)) found.add(parent.groupId);
    }
  }
  return found;
}

/** Direct privileges and those of every member group the user is in; sorted. */
export function effectivePrivileges(
  state: ZoneState,
  holder: MemberHolder,
  userId: string,
): string[] {
  const mine = groupsOfUser(state, userId);
  return collected(holder, own(holder.users, userId), mine);
}

export function effectiveGroupPrivileges(
  state: ZoneState,
  holder: MemberHolder,
  groupId: string,
): string[] {
  return collected(holder, undefined, withParents(state, [groupId]));
}

function collected(
  holder: MemberHolder,
  direct: readonly string[] | undefined,
  groupIds: ReadonlySet<string>,
): string[] {
  const inherited = Object.entries(holder.groups).flatMap(([groupId, privileges]) =>
    groupIds.has(groupId) ? privileges : [],
  );
  return [...new Set([...(direct ?? []), ...inherited])].sort();
}

/** The user's `oz_*` privileges with those of their groups; sorted. */
export function effectiveOzPrivileges(state: ZoneState, userId: string): string[] {
  const inherited = [...groupsOfUser(state, userId)].flatMap(
    (groupId) => own(state.groups, groupId)?.privileges ?? [],
  );
  return [...new Set([...(own(state.users, userId)?.privileges ?? []), ...inherited])].sort();
}

export function servicesOfGroup(
  state: ZoneState,
  groupId: string,
  reach: 'direct' | 'effective',
): ZoneHandleService[] {
  return Object.values(state.handleServices).filter((service) =>
    reach === 'direct'
      ? Object.hasOwn(service.groups, groupId)
      : effectiveGroups(state, service).has(groupId),
  );
}
