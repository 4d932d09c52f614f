import type { SlackMessage } from '../slack/server.js';

/** Messages as they were shown: a click refers to the version the person saw, even if it was edited since. */
export interface SeenMessages {
  keep(message: SlackMessage): void;
  find(channel: string, ts: string, edited: string | null): SlackMessage | null;
}

/** Enough for all screens. A click on an older version refers to the current one. */
const MAX_MESSAGES_KEPT = 2000;

export function createSeenMessages(): SeenMessages {
  const seen = new Map<string, SlackMessage>();
  const key = (channel: string, ts: string, edited: string | null) =>
    `${channel} ${ts} ${edited ?? ''}`;
  return {
    keep(message) {
      const at = key(message.channel, message.ts, message.edited?.ts ?? null);
      seen.delete(at);
      seen.set(at, message);
      const [oldest] = seen.keys();
      if (seen.size > MAX_MESSAGES_KEPT && oldest !== undefined) seen.delete(oldest);
    },
    find: (channel, ts, edited) => seen.get(key(channel, ts, edited)) ?? null,
  };
}
