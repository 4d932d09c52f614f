import type { SlackMessage } from '../slack/server.js';

/** Which messages each person has read. */
export interface ReadMarks {
  /** Number of unread messages by others; an edit does not count. */
  unread(person: string, channel: string, messages: readonly SlackMessage[]): number;
  hasRead(person: string, message: SlackMessage): boolean;
  /** True if anything was unread. */
  read(person: string, channel: string, messages: readonly SlackMessage[]): boolean;
}

/** Messages from before the visit count as read. */
export function createReadMarks(before: Iterable<SlackMessage>): ReadMarks {
  const old = new Set<string>();
  for (const { ts } of before) old.add(ts);
  const seen = new Map<string, Set<string>>();

  const seenBy = (person: string): Set<string> => {
    const known = seen.get(person) ?? new Set(old);
    seen.set(person, known);
    return known;
  };
  const isNew = (person: string, channel: string) => (message: SlackMessage) =>
    message.channel === channel && message.user !== person && !seenBy(person).has(message.ts);

  return {
    hasRead: (person, { ts }) => seenBy(person).has(ts),
    unread: (person, channel, messages) => messages.filter(isNew(person, channel)).length,
    read(person, channel, messages) {
      const news = messages.filter(isNew(person, channel));
      for (const { ts } of news) seenBy(person).add(ts);
      return news.length > 0;
    },
  };
}
