import { z } from 'zod';
import type { SlackUsergroup } from '../state.js';
import { ApiError } from './api-error.js';
import { flag } from './arguments.js';
import { readArgs, type Call, type Methods } from './method.js';

const listing = z.object({
  include_users: flag.default(false),
  include_disabled: flag.default(false),
});
const one = z.object({ usergroup: z.string() });

export const usergroupMethods: Methods = {
  'usergroups.list': { token: 'bot', scope: 'usergroups:read', run: list },
  'usergroups.users.list': { token: 'bot', scope: 'usergroups:read', run: users },
};

function list(call: Call) {
  const asked = readArgs(listing, call);
  const { state } = call.workspace;
  const usergroups = Object.values(state.usergroups)
    .filter((group) => asked.include_disabled || !group.disabled)
    .map((group) => ({
      ...groupPayload(group, state.team.id),
      ...(asked.include_users ? { users: group.users } : {}),
    }));
  return { usergroups };
}

function users(call: Call) {
  const group = call.workspace.state.usergroups[readArgs(one, call).usergroup];
  if (group === undefined) throw new ApiError('no_such_subteam');
  return { users: group.users };
}

function groupPayload(group: SlackUsergroup, teamId: string) {
  return {
    id: group.id,
    team_id: teamId,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    handle: group.handle,
    date_delete: group.disabled ? 1 : 0,
    user_count: group.users.length,
  };
}
