import type { SlackMessage } from '../slack/server.js';

/** Messages as they were on a screen: a click means what the person saw, also if it has changed meanwhile. */
export interface SeenMessages {
  keep(message: SlackMessage): void;
  find(channel: string, ts: string, edited: string | null): SlackMessage | null;
}

/** Enough for every card on every screen; older ones are clicked on as they are now. */
const kept = 2000;

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
      if (seen.size > kept && oldest !== undefined) seen.delete(oldest);
    },
    find: (channel, ts, edited) => seen.get(key(channel, ts, edited)) ?? null,
  };
}
