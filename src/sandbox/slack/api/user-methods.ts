import { z } from 'zod';
import type { SlackUser } from '../state.js';
import type { Workspace } from '../workspace.js';
import { ApiError } from './api-error.js';
import { readArgs, type Call, type Methods } from './method.js';
import { pageArgs, pageOf } from './page.js';

const one = z.object({ user: z.string() });
const byEmail = z.object({ email: z.string() });
const listing = z.object(pageArgs);

/** Without a limit users.list gives all, as long as they are not too many. */
const mostWithoutLimit = 1000;

export const userMethods: Methods = {
  'users.info': { token: 'bot', scope: 'users:read', run: info },
  'users.list': { token: 'bot', scope: 'users:read', run: list },
  'users.lookupByEmail': { token: 'bot', scope: 'users:read.email', run: lookup },
};

function info(call: Call) {
  const user = call.workspace.state.users[readArgs(one, call).user];
  if (user === undefined) throw new ApiError('user_not_found');
  return { user: userPayload(call.workspace, user) };
}

function list(call: Call) {
  const { workspace } = call;
  const asked = readArgs(listing, call);
  const all = Object.values(workspace.state.users).filter(
    (user) => user.team_id === workspace.state.team.id,
  );
  if (asked.limit === undefined && all.length > mostWithoutLimit) {
    throw new ApiError('limit_required');
  }
  const { items, ...rest } = pageOf(all, asked, { usual: mostWithoutLimit, most: 1000 });
  return {
    members: items.map((user) => userPayload(workspace, user)),
    cache_ts: Math.floor(workspace.now().getTime() / 1000),
    ...rest,
  };
}

function lookup(call: Call) {
  const email = readArgs(byEmail, call).email.toLowerCase();
  const user = Object.values(call.workspace.state.users).find(
    (candidate) => candidate.email?.toLowerCase() === email && !candidate.deleted,
  );
  // Plural, unlike users.info.
  if (user === undefined) throw new ApiError('users_not_found');
  return { user: userPayload(call.workspace, user) };
}

function userPayload(workspace: Workspace, user: SlackUser) {
  const { email, ...rest } = user;
  const showEmail = workspace.scopes?.includes('users:read.email') ?? true;
  return {
    ...rest,
    ...(user.team_id === workspace.state.team.id ? {} : { is_stranger: true }),
    is_owner: false,
    is_email_confirmed: user.is_email_confirmed,
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.name,
      display_name_normalized: user.name,
      team: user.team_id,
      ...(email !== null && showEmail ? { email } : {}),
    },
  };
}
