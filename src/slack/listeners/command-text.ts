import type { SlackUser } from '../../requests/request.js';

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
  const people = new Set<SlackUser>();
  const plain = text.slice(0, COMMAND_LIMIT).replace(TOKEN, (_, inner: string) => {
    const person = PERSON.exec(inner)?.[1];
    if (person === undefined) return label(inner);
    people.add(person);
    return ' ';
  });
  return { people: [...people], rest: unescaped(plain).replace(/\s+/g, ' ').trim() };
}

/** Of `<#C123|general>`, `<!here>`, `<mailto:a@b|a@b>`, `<https://host>`: what the person typed. */
function label(inner: string): string {
  const bar = inner.indexOf('|');
  if (/^[#!]/.test(inner)) return bar === -1 ? '' : inner.slice(bar + 1);
  return bar !== -1 && /^[a-z]+:/.test(inner) ? inner.slice(bar + 1) : inner;
}

/** `&amp;` last, or `&amp;lt;` would become `<`. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
