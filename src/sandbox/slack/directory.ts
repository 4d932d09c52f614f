import type { SlackChannel, SlackUser, SlackUsergroup } from './state.js';
import type { NewChannel, NewUser, NewUsergroup } from './types.js';
import type { Workspace } from './workspace.js';

/** Who is in the workspace and which channels there are. */
export function addUser(workspace: Workspace, user: NewUser): SlackUser {
  const { state } = workspace;
  const made: SlackUser = {
    id: user.id ?? workspace.id('U'),
    team_id: user.team_id ?? state.team.id,
    name: user.name,
    real_name: user.real_name ?? user.name,
    email: user.email === undefined ? `${user.name}@example.org` : user.email,
    tz: user.tz ?? 'Europe/Warsaw',
    deleted: user.deleted ?? false,
    is_bot: user.is_bot ?? false,
    is_admin: user.is_admin ?? false,
    is_email_confirmed: user.is_email_confirmed ?? true,
    is_restricted: (user.is_restricted ?? false) || (user.is_ultra_restricted ?? false),
    is_ultra_restricted: user.is_ultra_restricted ?? false,
  };
  return putUser(workspace, made);
}

export function putUser(workspace: Workspace, user: SlackUser): SlackUser {
  workspace.state.users[user.id] = user;
  workspace.tell({ type: 'people' });
  return user;
}

export function addChannel(workspace: Workspace, channel: NewChannel): SlackChannel {
  return putChannel(workspace, {
    id: channel.id ?? workspace.id('C'),
    name: channel.name,
    kind: channel.kind ?? 'public',
    archived: channel.archived ?? false,
    members: channel.members ?? [],
    user: null,
  });
}

export function putChannel(workspace: Workspace, channel: SlackChannel): SlackChannel {
  workspace.state.channels[channel.id] = channel;
  workspace.tell({ type: 'channels' });
  return channel;
}

export function addUsergroup(workspace: Workspace, group: NewUsergroup): SlackUsergroup {
  return putUsergroup(workspace, {
    id: group.id ?? workspace.id('S'),
    handle: group.handle,
    name: group.name ?? group.handle,
    users: group.users ?? [],
    disabled: false,
  });
}

export function putUsergroup(workspace: Workspace, group: SlackUsergroup): SlackUsergroup {
  workspace.state.usergroups[group.id] = group;
  workspace.tell({ type: 'people' });
  return group;
}

/** @throws Error when the test, demo or page names somebody who is not there. */
export function userOf(workspace: Workspace, id: string): SlackUser {
  return found(workspace.state.users[id], `user ${id}`);
}

export function channelOf(workspace: Workspace, id: string): SlackChannel {
  return found(workspace.state.channels[id], `channel ${id}`);
}

export function usergroupOf(workspace: Workspace, id: string): SlackUsergroup {
  return found(workspace.state.usergroups[id], `user group ${id}`);
}

export function directChannel(workspace: Workspace, userId: string): SlackChannel | null {
  const all = Object.values(workspace.state.channels);
  return all.find((channel) => channel.kind === 'im' && channel.user === userId) ?? null;
}

export function openDirectChannel(workspace: Workspace, userId: string): SlackChannel {
  const { app } = workspace.state;
  const known = directChannel(workspace, userId);
  return (
    known ??
    putChannel(workspace, {
      id: workspace.id('D'),
      name: 'directmessage',
      kind: 'im',
      archived: false,
      members: [userId, app.botUserId],
      user: userId,
    })
  );
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what} in the sandbox.`);
  return value;
}
