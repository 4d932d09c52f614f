import { z } from 'zod';
import {
  deleteMessage,
  edited,
  makeMessage,
  messageAt,
  post,
  postEphemeral,
  replaceMessage,
  type MessageContent,
} from '../conversation.js';
import { codePoints } from '../blockkit/walk.js';
import { readContent } from '../message-content.js';
import { messagePayload } from '../payloads/message.js';
import type { SlackMessage } from '../state.js';
import type { Workspace } from '../workspace.js';
import { ApiError } from './api-error.js';
import { visibleChannel, writableChannel } from './chat-target.js';
import { readArgs, type Call, type Methods } from './method.js';

const posting = z.object({
  channel: z.string(),
  thread_ts: z.string().optional(),
  client_msg_id: z.string().optional(),
});
const ephemeral = z.object({ channel: z.string(), user: z.string() });
const existing = z.object({ channel: z.string(), ts: z.string() });
const linked = z.object({ channel: z.string(), message_ts: z.string() });

/** chat.update takes less text than chat.postMessage. */
const maxUpdateText = 4000;

export const chatMethods: Methods = {
  'chat.postMessage': { token: 'bot', scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { token: 'bot', scope: 'chat:write', run: postEphemeralMessage },
  'chat.update': { token: 'bot', scope: 'chat:write', run: update },
  'chat.delete': { token: 'bot', scope: 'chat:write', run: remove },
  'chat.getPermalink': { token: 'bot', scope: null, run: permalink },
};

function postMessage(call: Call) {
  const { workspace } = call;
  const { channel: asked, thread_ts: thread, client_msg_id: clientId } = readArgs(posting, call);
  const channel = writableChannel(workspace, asked);
  const known = clientId === undefined ? null : duplicate(workspace, channel.id, clientId);
  if (known !== null) return { ...posted(workspace, known), is_duplicate: true };
  const { content, warnings } = contentIn(call);
  limitRate(workspace, channel.id);
  const message = makeMessage(
    workspace,
    { channel: channel.id, author: bot(workspace) },
    {
      ...content,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...(clientId === undefined ? {} : { client_msg_id: clientId }),
    },
  );
  return { ...posted(workspace, post(workspace, message)), ...warnings };
}

function postEphemeralMessage(call: Call) {
  const { workspace } = call;
  const { channel: asked, user } = readArgs(ephemeral, call);
  const channel = writableChannel(workspace, asked);
  if (!channel.members.includes(user)) throw new ApiError('user_not_in_channel');
  const { content } = contentIn(call);
  const place = { channel: channel.id, author: bot(workspace) };
  const message = makeMessage(workspace, place, content);
  return { message_ts: postEphemeral(workspace, user, message).ts };
}

function update(call: Call) {
  const { workspace } = call;
  const message = ownMessage(call, 'cant_update_message');
  const { content } = contentIn(call);
  if (codePoints(content.text ?? '') > maxUpdateText) throw new ApiError('msg_too_long');
  const changed = replaceMessage(workspace, edited(workspace, message, content));
  return { ...posted(workspace, changed), text: changed.text };
}

function remove(call: Call) {
  const { channel, ts } = ownMessage(call, 'cant_delete_message');
  deleteMessage(call.workspace, channel, ts);
  return { channel, ts };
}

function permalink(call: Call) {
  const { workspace } = call;
  const { channel, message_ts: ts } = readArgs(linked, call);
  visibleChannel(workspace, channel);
  if (messageAt(workspace, channel, ts) === null) throw new ApiError('message_not_found');
  const { domain } = workspace.state.team;
  const path = `archives/${channel}/p${ts.replace('.', '')}`;
  return { channel, permalink: `https://${domain}.slack.com/${path}` };
}

function ownMessage(call: Call, refusal: string): SlackMessage {
  const { workspace } = call;
  const { channel, ts } = readArgs(existing, call);
  // A user's id is refused here, unlike when posting.
  const place = visibleChannel(workspace, channel);
  const message = messageAt(workspace, place.id, ts);
  if (message === null) throw new ApiError('message_not_found');
  if (message.bot_id !== workspace.state.app.botId) throw new ApiError(refusal);
  if (place.archived) throw new ApiError('is_archived');
  return message;
}

function contentIn({ workspace, args }: Call): {
  readonly content: MessageContent;
  readonly warnings: Readonly<Record<string, unknown>>;
} {
  const reading = readContent(workspace, args);
  if (!reading.ok) {
    const { error, messages: errors } = reading;
    const messages = errors.map((message) => `[ERROR] ${message}`);
    throw new ApiError(
      error,
      errors.length === 0 ? {} : { errors, response_metadata: { messages } },
    );
  }
  const warning = 'message_truncated';
  const warnings = reading.truncated ? { warning, response_metadata: { warnings: [warning] } } : {};
  return { content: reading.content, warnings };
}

function duplicate(workspace: Workspace, channel: string, clientId: string): SlackMessage | null {
  if (!workspace.dedupeClientMsgId) return null;
  const all = workspace.state.messages[channel] ?? [];
  return all.find((message) => message.client_msg_id === clientId) ?? null;
}

function limitRate(workspace: Workspace, channel: string): void {
  const now = workspace.now().getTime();
  const last = workspace.lastPosts.get(channel);
  if (workspace.strictRateLimit && last !== undefined && now - last < 1000) {
    throw new ApiError('ratelimited', {}, 1);
  }
  workspace.lastPosts.set(channel, now);
}

function posted(workspace: Workspace, message: SlackMessage) {
  const { channel, ts } = message;
  return { channel, ts, message: messagePayload(workspace, message, { metadata: true }) };
}

function bot({ state }: Workspace) {
  return { user: state.app.botUserId, bot: true };
}
