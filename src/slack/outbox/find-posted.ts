import { z } from 'zod';
import type { Posted } from '../../chat.js';
import type { Caller } from './health.js';

/** What our messages carry, so that they are found again when Slack's answer to the posting was lost. */
export const EVENT_TYPE = 'handle_desk';

export interface Search {
  readonly channel: string;
  readonly key: string;
  /** Our bot's user id: another app can write the same metadata. */
  readonly author: string;
  readonly since: Date;
}

/**
 * Looks through a conversation for a message of ours, up to 2000 messages back. Null when it is not there. Rejects with what
 * the SDK rejects with.
 */
export const findPosted = async (client: Caller, search: Search): Promise<Posted | null> => {
  let cursor: string | undefined;
  for (let page = 0; page < 10; page += 1) {
    const answer = await client.apiCall('conversations.history', {
      channel: search.channel,
      // Slack's clock and ours may differ.
      oldest: String(Math.max(0, search.since.getTime() / 1000 - 60)),
      include_all_metadata: true,
      limit: 200,
      cursor,
    });
    const { messages, response_metadata } = History.parse(answer);
    const found = messages
      .map((message) => ours(message, search))
      .find((posted) => posted !== null);
    if (found) return found;
    cursor = response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
};

const History = z.object({
  messages: z.array(z.unknown()),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

const Ours = z.object({
  ts: z.string(),
  user: z.string(),
  metadata: z.object({
    event_type: z.literal(EVENT_TYPE),
    event_payload: z.object({ key: z.string(), hash: z.string() }),
  }),
});

const ours = (message: unknown, search: Search): Posted | null => {
  const parsed = Ours.safeParse(message);
  if (!parsed.success || parsed.data.user !== search.author) return null;
  const { key, hash } = parsed.data.metadata.event_payload;
  return key === search.key ? { channel: search.channel, ts: parsed.data.ts, hash } : null;
};
