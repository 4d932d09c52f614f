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

/** Characters of a command that are read. Slack's own clients send no longer ones. */
export const COMMAND_LIMIT = 4000;

export function parseCommand(text: string): CommandText {
  const typed = text.slice(0, COMMAND_LIMIT).trimStart();
  const end = typed.search(/[\s<]/);
  const word = end === -1 ? typed : typed.slice(0, end);
  return { word: word.toLowerCase(), ...parseWords(typed.slice(word.length)) };
}

/** No `<` inside, or many of them in a row would each be read to the end. */
const TOKEN = /<([^<>]*)>/g;
/** Slack sends `<@U123|lena>`, because the manifest asks for `should_escape`. */
const PERSON = /^@([UW][A-Z0-9]{2,20})(?:\||$)/;

/** The same for a command that has no first word of its own, such as `/handle-grant`. */
export function parseWords(text: string): Pick<CommandText, 'people' | 'rest'> {
  const typed = text.slice(0, COMMAND_LIMIT);
  const reasonAt = typed.trimEnd().length - splitReason(typed).reason.length;
  const people = new Set<SlackUser>();
  const asked = typed.slice(0, reasonAt).replace(TOKEN, (_, inner: string) => {
    const person = personIn(inner);
    if (person === undefined) return label(inner);
    people.add(person);
    return ' ';
  });
  // Whoever is named in a reason is not somebody to give access to.
  const reason = typed.slice(reasonAt).replace(TOKEN, (_, inner: string) => {
    const person = personIn(inner);
    return person === undefined ? label(inner) : `@${person}`;
  });
  const rest = unescaped(`${asked}${reason}`).replace(/\s+/g, ' ').trim();
  return { people: [...people], rest };
}

const personIn = (inner: string): SlackUser | undefined => PERSON.exec(inner)?.[1];

/** Of `<#C123|general>`, `<mailto:a@b|a@b>`, `<https://host>`: what the person typed. What has no label stays as it is. */
function label(inner: string): string {
  const bar = inner.indexOf('|');
  if (bar === -1 || bar === inner.length - 1) return inner;
  return /^(?:[#!]|[a-z]+:)/.test(inner) ? inner.slice(bar + 1) : inner;
}

/** `&amp;` last, or `&amp;lt;` would become `<`. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
