import { openDirectChannel } from '../directory.js';
import type { SlackChannel } from '../state.js';
import type { Workspace } from '../workspace.js';
import { ApiError } from './api-error.js';

/** The channel a bot may write to; a user's id opens the direct message. */
export function writableChannel(workspace: Workspace, id: string): SlackChannel {
  const channel = channelFor(workspace, id);
  const { botUserId } = workspace.state.app;
  if (!channel.members.includes(botUserId)) {
    if (channel.kind !== 'public') throw new ApiError('channel_not_found');
    // Every scope granted does not mean this one: few apps have it, and its lack is what must be tried.
    if (workspace.scopes?.includes('chat:write.public') !== true) {
      throw new ApiError('not_in_channel');
    }
  }
  if (channel.archived) throw new ApiError('is_archived');
  return channel;
}

/** A channel the bot can see: public, or one it is in. */
export function visibleChannel(workspace: Workspace, id: string): SlackChannel {
  const channel = workspace.state.channels[id];
  const { botUserId } = workspace.state.app;
  if (
    channel === undefined ||
    (channel.kind !== 'public' && !channel.members.includes(botUserId))
  ) {
    throw new ApiError('channel_not_found');
  }
  return channel;
}

function channelFor(workspace: Workspace, id: string): SlackChannel {
  const { state, manifest } = workspace;
  const user = state.users[id];
  if (user !== undefined) {
    if (user.deleted || user.is_bot) throw new ApiError('channel_not_found');
    if (!manifest.messagesTab) throw new ApiError('messages_tab_disabled');
    return openDirectChannel(workspace, id);
  }
  const named = Object.values(state.channels).find((one) => `#${one.name}` === id);
  const channel = state.channels[id] ?? named;
  if (channel === undefined) throw new ApiError('channel_not_found');
  return channel;
}
