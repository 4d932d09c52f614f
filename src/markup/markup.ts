import { SlackUser } from '../requests/request.js';
import { cleanLine } from './clean.js';

/**
 * Slack's markup, ready to send. Only this file makes it: a string is somebody's text until it went
 * through `mrkdwn`, so nothing can be forgotten to be escaped.
 */
export interface Markup {
  readonly markup: string;
}

/**
 * Markup with values in it: strings are made harmless, markup stays as it is. (Not called `md`: formatters take
 * templates of that name for Markdown documents and put lines around them.)
 */
export function mrkdwn(
  words: TemplateStringsArray,
  ...values: readonly (string | number | Markup)[]
): Markup {
  const parts = values.map((value) => (typeof value === 'object' ? value.markup : harmless(value)));
  return raw(String.raw({ raw: words }, ...parts));
}

export function bold(text: string | Markup): Markup {
  const inner = typeof text === 'object' ? text.markup : harmless(text);
  return raw(inner === '' ? '' : `*${inner}*`);
}

/** For what is copied: ids, privileges, addresses. Nothing inside is read as markup. */
export function code(text: string): Markup {
  const inner = escaped(cleanLine(text)).replaceAll('`', 'ˋ');
  return raw(inner === '' ? '' : `\`${inner}\``);
}

export function joined(parts: readonly Markup[], separator = ', '): Markup {
  return raw(parts.map((part) => part.markup).join(separator));
}

export function lines(parts: readonly Markup[]): Markup {
  return joined(parts, '\n');
}

/** Names the person and, in a channel or a new message, calls them. What is no user id is shown as text. */
export function mention(user: string): Markup {
  return SlackUser.safeParse(user).success ? raw(`<@${user}>`) : mrkdwn`${user}`;
}

/** Each reader sees their own time zone; the fallback is UTC. */
export function moment(at: Date): Markup {
  const unix = Math.floor(at.getTime() / 1000);
  const utc = at.toISOString().slice(0, 16).replace('T', ' ');
  return raw(`<!date^${unix}^{date_short_pretty} {time}|${utc} UTC>`);
}

/** The same without the time of day, for what is weeks away. */
export function day(at: Date): Markup {
  const unix = Math.floor(at.getTime() / 1000);
  return raw(`<!date^${unix}^{date_short_pretty}|${at.toISOString().slice(0, 10)} UTC>`);
}

/** A link that says where it leads only by its label: for addresses from the configuration, never for those of people. */
export function link(url: string, label: string): Markup {
  const target = webAddress(url);
  const words = escaped(cleanLine(label)).replaceAll('|', '¦');
  return target === null || words === '' ? mrkdwn`${label}` : raw(`<${target}|${words}>`);
}

/**
 * A sentence that the bot itself wrote (a refusal, the cause of a failure): its `code` spans stay code, and where
 * `people` are named in it as `<@U…>` they stay mentions. Everything else in it may come from a person.
 */
export function sentence(text: string, options: { readonly people?: boolean } = {}): Markup {
  const parts = text.split(/`([^`]+)`/u);
  return joined(
    parts.map((part, index) =>
      index % 2 === 1 ? code(part) : options.people === true ? withPeople(part) : spaced(part),
    ),
    '',
  );
}

const raw = (markup: string): Markup => ({ markup });

function withPeople(text: string): Markup {
  const parts = text.split(/<@([UW][A-Z0-9]{2,20})>/u);
  return joined(
    parts.map((part, index) => (index % 2 === 1 ? mention(part) : spaced(part))),
    '',
  );
}

/** A piece of a sentence keeps the space at its ends, which cleaning takes away. */
function spaced(text: string): Markup {
  const before = /^\s/u.test(text) ? ' ' : '';
  const after = text.trim() !== '' && /\s$/u.test(text) ? ' ' : '';
  return raw(before + harmless(text) + after);
}

/** `&` first, or the others would be escaped twice. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Escaping stops mentions and links but not *bold*, `code`, :emoji: and quotes: mrkdwn has no escape for those, so
 * the characters that start them become ones that look alike. Bare addresses are left alone by `verbatim`.
 */
function harmless(text: string | number): string {
  if (typeof text === 'number') return String(text);
  const plain = cleanLine(text)
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/:(?=[^\s:]+:)/gu, '∶')
    .replace(/^>/u, '›');
  return escaped(plain);
}

function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  const safe = href.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C');
  return protocol === 'https:' || protocol === 'http:' ? safe.replaceAll('&', '&amp;') : null;
}
