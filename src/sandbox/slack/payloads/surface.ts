import { channelOf } from '../directory.js';
import type { SlackMessage, View } from '../state.js';
import { completeValues } from '../blockkit/values.js';
import type { Workspace } from '../workspace.js';
import { messagePayload } from './message.js';
import { viewPayload } from './view.js';

/** Where an element was used. */
export type Surface =
  | { readonly on: 'message'; readonly message: SlackMessage }
  | { readonly on: 'ephemeral'; readonly message: SlackMessage }
  | { readonly on: 'view'; readonly view: View };

/** The part of a payload that shows where it happened. An ephemeral message is not in it: Slack keeps none. */
export function surfacePayload(workspace: Workspace, surface: Surface) {
  if (surface.on === 'view') {
    const { view } = surface;
    return {
      container: { type: 'view', view_id: view.id },
      view: viewPayload(workspace, view),
    };
  }
  const { message } = surface;
  const ephemeral = surface.on === 'ephemeral';
  const channel = channelOf(workspace, message.channel);
  const { thread_ts: thread } = message;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    },
    channel: { id: channel.id, name: channel.name },
    ...(ephemeral ? {} : { message: messagePayload(workspace, message, { metadata: true }) }),
    state: { values: completeValues(message.blocks, message.values ?? {}) },
  };
}
