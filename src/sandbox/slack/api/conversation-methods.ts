import { z } from 'zod';
import { openDirectChannel, directChannel, putChannel } from '../directory.js';
import { messagePayload } from '../payloads/message.js';
import type { SlackChannel } from '../state.js';
import type { Workspace } from '../workspace.js';
import { ApiError } from './api-error.js';
import { flag } from './arguments.js';
import { visibleChannel } from './chat-target.js';
import { needScope, readArgs, type Call, type Methods } from './method.js';
import { pageArgs, pageOf } from './page.js';

const about = z.object({ channel: z.string(), include_num_members: flag.optional() });
const paged = z.object({ channel: z.string(), ...pageArgs });
const listing = z.object({
  types: z.string().default('public_channel'),
  exclude_archived: flag.default(false),
  ...pageArgs,
});
const opening = z.object({ users: z.string().optional(), channel: z.string().optional() });
const reading = z.object({
  channel: z.string(),
  oldest: z.string().default('0'),
  latest: z.string().default('9999999999.999999'),
  inclusive: flag.default(false),
  include_all_metadata: flag.default(false),
  ...pageArgs,
});

const families = { public: 'channels', private: 'groups', im: 'im' } as const;
const types = { public: 'public_channel', private: 'private_channel', im: 'im' } as const;

export const conversationMethods: Methods = {
  'conversations.open': { token: 'bot', scope: 'im:write', run: open },
  'conversations.info': { token: 'bot', scope: null, run: info },
  'conversations.join': { token: 'bot', scope: 'channels:join', run: join },
  'conversations.members': { token: 'bot', scope: null, run: members },
  'conversations.list': { token: 'bot', scope: null, run: list },
  'conversations.history': { token: 'bot', scope: null, run: history },
};

function open(call: Call) {
  const { workspace } = call;
  const { users, channel } = readArgs(opening, call);
  if (channel !== undefined) return { channel: { id: visibleChannel(workspace, channel).id } };
  const ids = (users ?? '').split(',').filter((id) => id !== '');
  const [id] = ids;
  if (id === undefined) throw new ApiError('users_list_not_supplied');
  if (ids.length > 8) throw new ApiError('too_many_users');
  // Group conversations are left out of this workspace.
  if (ids.length > 1) needScope(workspace, 'mpim:write');
  if (ids.length > 1) throw new ApiError('not_supported');
  const user = workspace.state.users[id];
  if (user === undefined) throw new ApiError('user_not_found');
  if (user.deleted) throw new ApiError('user_disabled');
  if (user.is_bot) throw new ApiError('cannot_dm_bot');
  const known = directChannel(workspace, id) !== null;
  const opened = openDirectChannel(workspace, id);
  return { ...(known ? { no_op: true, already_open: true } : {}), channel: { id: opened.id } };
}

function info(call: Call) {
  const { workspace } = call;
  const { channel: id, include_num_members: counted } = readArgs(about, call);
  const channel = readable(workspace, id, 'read');
  return {
    channel: {
      ...channelPayload(workspace, channel),
      ...(counted === true ? { num_members: channel.members.length } : {}),
    },
  };
}

function join(call: Call) {
  const { workspace } = call;
  const channel = visibleChannel(workspace, readArgs(about, call).channel);
  const { botUserId } = workspace.state.app;
  if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.members.includes(botUserId)) {
    return { channel: channelPayload(workspace, channel), warning: 'already_in_channel' };
  }
  const joined = { ...channel, members: [...channel.members, botUserId] };
  return { channel: channelPayload(workspace, putChannel(workspace, joined)) };
}

function members(call: Call) {
  const { channel, ...asked } = readArgs(paged, call);
  const all = readable(call.workspace, channel, 'read').members;
  const { items, ...rest } = pageOf(all, asked, { usual: 100, most: 1000 });
  return { members: items, ...rest };
}

function list(call: Call) {
  const { workspace } = call;
  const { types: wanted, exclude_archived: current, ...asked } = readArgs(listing, call);
  const kinds = (['public', 'private', 'im'] as const).filter((kind) =>
    wanted.split(',').includes(types[kind]),
  );
  for (const kind of kinds) needScope(workspace, `${families[kind]}:read`);
  const { botUserId } = workspace.state.app;
  const all = Object.values(workspace.state.channels)
    .filter((channel) => kinds.includes(channel.kind))
    .filter((channel) => channel.kind === 'public' || channel.members.includes(botUserId))
    .filter((channel) => !(current && channel.archived));
  const { items, ...rest } = pageOf(all, asked, { usual: 100, most: 1000 });
  return { channels: items.map((channel) => channelPayload(workspace, channel)), ...rest };
}

function history(call: Call) {
  const { workspace } = call;
  const { channel: id, oldest, latest, inclusive, ...asked } = readArgs(reading, call);
  const channel = readable(workspace, id, 'history');
  if (!channel.members.includes(workspace.state.app.botUserId)) {
    throw new ApiError('not_in_channel');
  }
  const within = (ts: string) =>
    (Number(ts) > Number(oldest) && Number(ts) < Number(latest)) ||
    (inclusive && (ts === oldest || ts === latest));
  const all = (workspace.state.messages[id] ?? [])
    .filter(({ ts, thread_ts: thread = ts }) => within(ts) && thread === ts)
    .reverse();
  const { items, ...rest } = pageOf(all, asked, { usual: 100, most: 999 });
  const show = { metadata: asked.include_all_metadata };
  return {
    messages: items.map((message) => messagePayload(workspace, message, show)),
    has_more: rest.response_metadata.next_cursor !== '',
    ...rest,
  };
}

function readable(workspace: Workspace, id: string, what: 'read' | 'history'): SlackChannel {
  const channel = visibleChannel(workspace, id);
  needScope(workspace, `${families[channel.kind]}:${what}`);
  return channel;
}

function channelPayload({ state }: Workspace, channel: SlackChannel) {
  const { kind } = channel;
  const common = { id: channel.id, is_archived: channel.archived, context_team_id: state.team.id };
  if (kind === 'im') return { ...common, is_im: true, user: channel.user };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_member: channel.members.includes(state.app.botUserId),
    is_ext_shared: false,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
