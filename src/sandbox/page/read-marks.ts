import type { SlackMessage } from '../slack/server.js';

/** How far each person has read, as Slack keeps it for its unread marks. */
export interface ReadMarks {
  /** Messages of others that came since; an edit makes nothing unread again. */
  unread(person: string, channel: string, messages: readonly SlackMessage[]): number;
  /** True if that changed anything. */
  read(person: string, channel: string, messages: readonly SlackMessage[]): boolean;
}

/** What was there before the page opened counts as read. */
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
    unread: (person, channel, messages) => messages.filter(isNew(person, channel)).length,
    read(person, channel, messages) {
      const news = messages.filter(isNew(person, channel));
      for (const { ts } of news) seenBy(person).add(ts);
      return news.length > 0;
    },
  };
}
