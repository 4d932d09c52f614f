import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { ChatError, type Notice, type Posted, type ToPost, type ToTell } from '../../chat.js';
import { toChatError } from '../transport/chat-error.js';
import { EVENT_TYPE, findPosted } from './find-posted.js';
import type { Message } from '../surfaces/render/message.js';

export interface TellOptions {
  readonly client: WebClient;
  readonly render: (telling: ToTell | Notice) => Message;
  readonly botUserId: string;
  readonly log: Logger;
}

/** Makes a message in Slack say what it should: posts it, edits it, or leaves it as it is. Throws `ChatError`. */
export const createTell = (
  options: TellOptions,
): ((telling: ToTell | Notice) => Promise<Posted>) => {
  const channelOf = createChannels(options.client);

  const tell = async (telling: ToTell | Notice): Promise<Posted> => {
    const message = options.render(telling);
    const draft: Draft = { key: telling.key, message, hash: hashOf(message), id: telling.key };
    if (telling.posted) return edit(telling.to, telling.posted, draft);
    const found = telling.mayBeThere ? await look(telling) : null;
    return found ? edit(telling.to, found, draft) : post(await channelOf(telling.to), draft);
  };

  const edit = async (to: string, posted: Posted, draft: Draft): Promise<Posted> => {
    if (posted.hash === draft.hash) return posted;
    try {
      const { channel, ts } = posted;
      await options.client.apiCall('chat.update', { ...content(draft), channel, ts });
      return { channel, ts, hash: draft.hash };
    } catch (error) {
      const failed = toChatError(error, { repeatable: true });
      if (!isGone(failed)) throw failed;
      // Slack may know this message's id as one that was posted, and take the new one for a repetition.
      return post(await channelOf(to), { ...draft, id: `${draft.id} after ${posted.ts}` });
    }
  };

  const post = async (channel: string, draft: Draft): Promise<Posted> => {
    try {
      const answer = await options.client.apiCall('chat.postMessage', {
        ...content(draft),
        channel,
        // Not documented, but Slack drops a second message with the same one.
        client_msg_id: uuidOf(draft.id),
      });
      const posted = PostAnswer.parse(answer);
      return { channel: posted.channel, ts: posted.ts, hash: draft.hash };
    } catch (error) {
      throw toChatError(error, { repeatable: false });
    }
  };

  const look = async ({ to, key, since }: ToPost): Promise<Posted | null> => {
    try {
      const place = { channel: await channelOf(to), author: options.botUserId };
      return await findPosted(options.client, { ...place, key, since });
    } catch (error) {
      const failed = toChatError(error, { repeatable: true });
      if (failed.kind === 'never') {
        // Not allowed to look: better a second message than none.
        options.log.warn({ code: failed.code }, 'cannot look whether a message was posted before');
        return null;
      }
      // The earlier attempt may still have arrived.
      throw new ChatError('unknown', failed.code, { cause: error, ...waitOf(failed) });
    }
  };

  return tell;
};

interface Draft {
  readonly key: string;
  readonly message: Message;
  readonly hash: string;
  /** What `client_msg_id` is made from. */
  readonly id: string;
}

const content = ({ key, message, hash }: Draft) => ({
  text: message.text,
  blocks: message.blocks,
  metadata: { event_type: EVENT_TYPE, event_payload: { key, hash } },
  unfurl_links: false,
  unfurl_media: false,
});

const PostAnswer = z.object({ channel: z.string(), ts: z.string() });

const isGone = ({ code }: ChatError): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed'].includes(code);

const waitOf = ({ retryAfter }: ChatError) => (retryAfter === null ? {} : { retryAfter });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hashOf = ({ text, blocks }: Message): string => sha256(JSON.stringify([text, blocks]));

// Version 8 of RFC 9562: the form of a UUID, made from a hash.
const uuidOf = (id: string): string => {
  const hex = sha256(id);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Conversation ids. A user id can be posted to but not searched, so the direct message is opened first. */
const createChannels = (client: WebClient): ((to: string) => Promise<string>) => {
  const opened = new Map<string, string>();
  return async (to) => {
    if (!/^[UW]/.test(to)) return to;
    const known = opened.get(to);
    if (known !== undefined) return known;
    try {
      const answer = await client.apiCall('conversations.open', { users: to });
      const { id } = Opened.parse(answer).channel;
      opened.set(to, id);
      return id;
    } catch (error) {
      throw toChatError(error, { repeatable: true });
    }
  };
};

const Opened = z.object({ channel: z.object({ id: z.string() }) });
