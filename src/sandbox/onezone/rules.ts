import { effectiveOzPrivileges, effectivePrivileges, hasUser } from './membership.js';
import { own } from './own.js';
import {
  dataOf,
  groupAt,
  handleAt,
  idAt,
  isObject,
  namedTokenAt,
  serviceAt,
  type Visit,
} from './visit.js';

/** One way to be allowed in; a route lists several, any of which is enough. */
export type Rule =
  | 'public'
  | 'any user'
  /** `{user}` is the actor. */
  | 'self'
  /** An effective member of `{hs}`, privileges or none. */
  | 'member'
  /** An effective member of `{group}`, whatever they are in a service of its. */
  | 'in group'
  /** An effective member of `{hs}`, whose creator `{user}` is. */
  | 'member sees creator'
  /** May list the handles of `{hs}`: which privilege that is depends on the version. */
  | 'lists handles'
  /** May register a handle in the service the body names. */
  | 'registers handle'
  | 'manages handle'
  | 'token owner'
  /** An effective privilege in `{hs}`. */
  | { readonly member: string }
  /** An effective privilege in `{group}`. */
  | { readonly group: string }
  /** All of these `oz_*` privileges. */
  | { readonly admin: readonly string[] }
  | { readonly all: readonly Rule[] };

export function allowed(visit: Visit, rule: Rule): boolean {
  if (rule === 'public') return true;
  if (visit.actor.kind === 'anonymous') return false;
  return permits(visit, visit.actor.userId, rule);
}

function permits(visit: Visit, userId: string, rule: Rule): boolean {
  const { state } = visit.zone;
  if (typeof rule === 'string') return byName[rule](visit, userId);
  if ('all' in rule) return rule.all.every((part) => permits(visit, userId, part));
  if ('admin' in rule) {
    const held = effectiveOzPrivileges(state, userId);
    return rule.admin.every((privilege) => held.includes(privilege));
  }
  if ('group' in rule) return holdsInGroup(visit, userId, rule.group);
  return effectivePrivileges(state, serviceAt(visit), userId).includes(rule.member);
}

type NamedRule = Extract<Rule, string>;

const byName: Readonly<Record<NamedRule, (visit: Visit, userId: string) => boolean>> = {
  public: () => true,
  'any user': () => true,
  self: (visit, userId) => idAt(visit, 'user') === userId,
  member: (visit, userId) => hasUser(visit.zone.state, serviceAt(visit), userId),
  'in group': (visit, userId) => hasUser(visit.zone.state, groupAt(visit), userId),
  'member sees creator': (visit, userId) =>
    serviceAt(visit).creator.id === idAt(visit, 'user') &&
    hasUser(visit.zone.state, serviceAt(visit), userId),
  'lists handles': (visit, userId) =>
    permits(visit, userId, { member: visit.zone.profile.listHandlesPrivilege }),
  'registers handle': (visit, userId) => {
    const serviceId = isObject(visit.json) ? dataOf(visit)['handleServiceId'] : null;
    return (
      typeof serviceId === 'string' &&
      holdsInService(visit, userId, { serviceId, privilege: 'handle_service_register_handle' })
    );
  },
  'manages handle': (visit, userId) =>
    handleAt(visit).creator === userId ||
    holdsInService(visit, userId, {
      serviceId: handleAt(visit).handleServiceId,
      privilege: 'handle_service_manage_handles',
    }),
  'token owner': (visit, userId) => namedTokenAt(visit).userId === userId,
};

function holdsInService(
  visit: Visit,
  userId: string,
  { serviceId, privilege }: { readonly serviceId: string; readonly privilege: string },
): boolean {
  const { state } = visit.zone;
  const service = own(state.handleServices, serviceId);
  return service !== undefined && effectivePrivileges(state, service, userId).includes(privilege);
}

/** A group that does not exist gives nobody anything: creating in it is refused before it is missed. */
function holdsInGroup(visit: Visit, userId: string, privilege: string): boolean {
  const { state } = visit.zone;
  const known = own(state.groups, idAt(visit, 'group')) !== undefined;
  return known && effectivePrivileges(state, groupAt(visit), userId).includes(privilege);
}
