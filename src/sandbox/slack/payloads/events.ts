import type { SlackChannel, SlackMessage, View } from '../state.js';
import type { Workspace } from '../workspace.js';
import { messagePayload } from './message.js';
import { viewPayload } from './view.js';

/** The view is only in it after the first views.publish. */
export function appHomeOpened(
  workspace: Workspace,
  opened: {
    readonly user: string;
    readonly channel: string;
    readonly tab: 'home' | 'messages';
    readonly view: View | null;
  },
) {
  return {
    type: 'app_home_opened',
    user: opened.user,
    channel: opened.channel,
    tab: opened.tab,
    event_ts: workspace.ts(),
    ...(opened.view === null ? {} : { view: viewPayload(workspace, opened.view) }),
  };
}

export function appMention(workspace: Workspace, message: SlackMessage) {
  return { ...said(workspace, message), type: 'app_mention' };
}

const channelTypes = { im: 'im', public: 'channel', private: 'group' } as const;

export function messageEvent(workspace: Workspace, message: SlackMessage, channel: SlackChannel) {
  return { ...said(workspace, message), type: 'message', channel_type: channelTypes[channel.kind] };
}

export function messageChanged(
  workspace: Workspace,
  {
    before,
    after,
    channel,
  }: {
    readonly before: SlackMessage;
    readonly after: SlackMessage;
    readonly channel: SlackChannel;
  },
) {
  const ts = workspace.ts();
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: channel.id,
    channel_type: channelTypes[channel.kind],
    ts,
    event_ts: ts,
    message: { ...messagePayload(workspace, after, { metadata: false }) },
    previous_message: { ...messagePayload(workspace, before, { metadata: false }) },
  };
}

function said({ state }: Workspace, message: SlackMessage) {
  const { thread_ts: thread, bot_id: bot } = message;
  return {
    client_msg_id: message.client_msg_id,
    text: message.text,
    user: message.user,
    ts: message.ts,
    team: state.team.id,
    blocks: message.blocks,
    channel: message.channel,
    event_ts: message.ts,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(bot === undefined ? {} : { bot_id: bot }),
  };
}
