import type { SlackUser } from '../../requests/request.js';
import { splitReason } from '../../words/reason.js';

/** What was typed after a slash command. */
export interface CommandText {
  /** The first word, lower case; empty when nothing was typed. */
  readonly word: string;
  /** People that were named with `@`, as user ids, in order and once each. */
  readonly people: readonly SlackUser[];
  /** The rest, with Slack's escapes undone and white space folded. */
  readonly rest: string;
}

/** Slack sends `<@U123|lena>`, because the manifest asks for `should_escape`. */
const PERSON = /<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>/g;
const OTHER_TOKEN = /<(?:[#!][^>|]*\|?|[a-z]+:[^>|]*\|)?([^>]*)>/g;

export function parseCommand(text: string): CommandText {
  const { word, rest } = /^\s*(?<word>[^\s<]*)\s*(?<rest>[^]*)$/.exec(text)?.groups ?? {};
  return { word: (word ?? '').toLowerCase(), ...parseWords(rest ?? '') };
}

/** The same for a command that has no first word of its own, such as `/handle-grant`. */
export function parseWords(text: string): Pick<CommandText, 'people' | 'rest'> {
  // Whoever is named in a reason is not somebody to give access to.
  const reasonAt = text.trimEnd().length - splitReason(text).reason.length;
  const asked = text.slice(0, reasonAt);
  const reason = text.slice(reasonAt).replace(PERSON, (_, id: string) => `@${id}`);
  const people = [...asked.matchAll(PERSON)].flatMap(([, id]) => (id === undefined ? [] : [id]));
  const plain = `${asked.replace(PERSON, ' ')}${reason}`.replace(
    OTHER_TOKEN,
    (token, label: string) => (label === '' ? token.slice(1, -1) : label),
  );
  return { people: [...new Set(people)], rest: unescaped(plain).replace(/\s+/g, ' ').trim() };
}

/** `&amp;` last, or `&amp;lt;` would become `<`. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
