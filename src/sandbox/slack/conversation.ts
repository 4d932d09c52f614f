import { withIds } from './blockkit/ids.js';
import type { Block } from './blockkit/shapes.js';
import type { SlackMessage } from './state.js';
import type { Workspace } from './workspace.js';

/** What a message may be made or changed with; what is left out stays as it was. */
export interface MessageContent {
  readonly text?: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly unknown[];
  readonly metadata?: SlackMessage['metadata'];
  readonly thread_ts?: string;
  readonly client_msg_id?: string;
  /** Of another app than the one that runs here. */
  readonly bot_id?: string;
}

export interface Author {
  readonly user: string;
  readonly bot: boolean;
}

export function makeMessage(
  workspace: Workspace,
  place: { readonly channel: string; readonly author: Author },
  content: MessageContent,
): SlackMessage {
  const { text = '', blocks = [], metadata, ...rest } = content;
  return {
    channel: place.channel,
    ts: workspace.ts(),
    user: place.author.user,
    ...(place.author.bot ? { bot_id: workspace.state.app.botId } : {}),
    text,
    blocks: withIds(workspace, blocks),
    ...(metadata === undefined ? {} : { metadata }),
    ...rest,
  };
}

export function post(workspace: Workspace, message: SlackMessage): SlackMessage {
  (workspace.state.messages[message.channel] ??= []).push(message);
  workspace.tell({ type: 'message', channel: message.channel, ts: message.ts, what: 'posted' });
  return message;
}

export function postEphemeral(workspace: Workspace, userId: string, message: SlackMessage) {
  (workspace.state.ephemerals[userId] ??= []).push(message);
  workspace.tell({ type: 'ephemeral', user: userId });
  return message;
}

export function messageAt(workspace: Workspace, channel: string, ts: string): SlackMessage | null {
  return workspace.state.messages[channel]?.find((message) => message.ts === ts) ?? null;
}

export function replaceMessage(workspace: Workspace, message: SlackMessage): SlackMessage {
  if (swap(workspace.state.messages[message.channel], message.ts, [message])) {
    workspace.tell({ type: 'message', channel: message.channel, ts: message.ts, what: 'changed' });
  }
  return message;
}

export function deleteMessage(workspace: Workspace, channel: string, ts: string): boolean {
  const gone = swap(workspace.state.messages[channel], ts, []);
  if (gone) workspace.tell({ type: 'message', channel, ts, what: 'deleted' });
  return gone;
}

/** Puts another ephemeral message at the place of one, or nothing. */
export function swapEphemeral(
  workspace: Workspace,
  place: { readonly user: string; readonly ts: string },
  by: readonly SlackMessage[],
): boolean {
  const done = swap(workspace.state.ephemerals[place.user], place.ts, by);
  if (done) workspace.tell({ type: 'ephemeral', user: place.user });
  return done;
}

/** The message with the new content, and no longer with what people had chosen in selects that are gone. */
export function edited(
  workspace: Workspace,
  message: SlackMessage,
  content: MessageContent,
): SlackMessage {
  const { blocks, metadata, ...rest } = content;
  return {
    ...message,
    ...rest,
    ...(blocks === undefined ? {} : { blocks: withIds(workspace, blocks), values: {} }),
    ...(metadata === undefined ? {} : { metadata }),
    edited: { user: message.user, ts: workspace.ts() },
  };
}

function swap(list: SlackMessage[] | undefined, ts: string, by: readonly SlackMessage[]): boolean {
  const index = list?.findIndex((message) => message.ts === ts) ?? -1;
  if (list === undefined || index === -1) return false;
  list.splice(index, 1, ...by);
  return true;
}
