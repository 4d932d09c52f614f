import { effectiveUsers } from '../membership.js';
import { type ZoneGroup } from '../state.js';
import { groupAt, ok } from '../visit.js';
import { type Route } from './route.js';

const membersSeenBy = [{ group: 'group_view' }, { admin: ['oz_groups_list_relationships'] }];

export const groupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/groups',
    operation: 'get group.null.list:private',
    allow: [{ admin: ['oz_groups_list'] }],
    run: ({ zone }) => ok({ groups: Object.keys(zone.state.groups) }),
  },
  {
    method: 'GET',
    path: '/groups/{group}',
    operation: 'get group.{group}.instance:protected',
    allow: [{ group: 'group_view' }, { admin: ['oz_groups_view'] }],
    run: (visit) => {
      const { groupId, name, type, creator, creationTime } = groupAt(visit);
      return ok({ groupId, name, type, creator, creationTime });
    },
  },
  {
    method: 'GET',
    path: '/groups/{group}/users',
    operation: 'get group.{group}.users:private',
    allow: membersSeenBy,
    run: (visit) => ok({ users: Object.keys(groupAt(visit).users) }),
  },
  {
    method: 'GET',
    path: '/groups/{group}/effective_users',
    operation: 'get group.{group}.eff_users:private',
    allow: membersSeenBy,
    run: (visit) => ok({ users: [...effectiveUsers(visit.zone.state, groupAt(visit))] }),
  },
];

/** What a handle service shows of a group; `{}` for one deleted meanwhile. */
export function sharedGroup(group: ZoneGroup | undefined): object {
  if (group === undefined) return {};
  const { groupId, name, type, creationTime } = group;
  return { groupId, name, type, creationTime };
}
