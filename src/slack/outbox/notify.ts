import type { Logger } from 'pino';
import { z } from 'zod';
import { ChatError, type Notice, type Posted, type ToNotify, type ToPost } from '../../chat.js';
import type { Message } from '../surfaces/render/message.js';
import { isAboutPermission, toChatError } from '../transport/chat-error.js';
import { createChannels } from './channels.js';
import { contentOf, type Draft, draftOf, uuidOf } from './draft.js';
import { findPosted } from './find-posted.js';
import type { Caller } from './health.js';

export interface NotifyOptions {
  readonly client: Caller;
  /** Null: there is nothing to say. */
  readonly render: (message: ToNotify | Notice) => Message | null;
  readonly botUserId: string;
  readonly log: Logger;
}

export type Notify = (message: ToNotify | Notice) => Promise<Posted | null>;

/** Makes a message in Slack say what it should: posts it, edits it, or leaves it as it is. Throws `ChatError`. */
export function createNotify({ client, render, botUserId, log }: NotifyOptions): Notify {
  const channelOf = createChannels(client);

  const edit = async (to: string, posted: Posted, draft: Draft): Promise<Posted> => {
    if (posted.hash === draft.hash) return posted;
    try {
      const { channel, ts } = posted;
      await client.apiCall('chat.update', { ...contentOf(draft), channel, ts });
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
      const answer = await client.apiCall('chat.postMessage', {
        ...contentOf(draft),
        channel,
        // Editing does not take these.
        unfurl_links: false,
        unfurl_media: false,
        // Not documented, but Slack drops a second message with the same one.
        client_msg_id: uuidOf(draft),
      });
      const posted = PostAnswer.parse(answer);
      return { channel: posted.channel, ts: posted.ts, hash: draft.hash };
    } catch (error) {
      throw toChatError(error, { repeatable: false });
    }
  };

  const look = async ({ to, key, since }: ToPost): Promise<Posted | null> => {
    try {
      const place = { channel: await channelOf(to), author: botUserId };
      return await findPosted(client, { ...place, key, since });
    } catch (error) {
      const failed = toChatError(error, { repeatable: true });
      if (failed.kind !== 'never' && !isAboutPermission(failed.code)) throw stillUnknown(failed);
      // Not allowed to look: better a second message than none.
      log.warn({ code: failed.code }, 'cannot look whether a message was posted before');
      return null;
    }
  };

  return async (message) => {
    const drawn = render(message);
    if (drawn === null) return message.posted;
    const draft = draftOf(message.key, drawn);
    if (message.posted !== null) return edit(message.to, message.posted, draft);
    const found = message.mayBeThere ? await look(message) : null;
    if (found !== null) return edit(message.to, found, draft);
    return post(await channelOf(message.to), draft);
  };
}

const PostAnswer = z.object({ channel: z.string(), ts: z.string() });

const isGone = ({ code }: ChatError): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed'].includes(code);

/** The earlier attempt may still have arrived. */
function stillUnknown(failed: ChatError): ChatError {
  const { kind, code, retryAfter } = failed;
  if (kind === 'credentials') return failed;
  const wait = retryAfter === null ? {} : { retryAfter };
  return new ChatError('unknown', code, { cause: failed.cause, ...wait });
}
