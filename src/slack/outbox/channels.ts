import { z } from 'zod';
import { toChatError } from '../transport/chat-error.js';
import type { Caller } from './health.js';

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Conversation ids. A user id can be posted to but not searched, so the direct message is opened first. */
export function createChannels(client: Caller): (to: string) => Promise<string> {
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
}
