import { cleanLine } from './markup/clean.js';

/**
 * The encodings in which a secret can appear: plain, as a message shows it, JSON, URL, form, base64 (also URL-safe) alone or as part of a
 * longer text such as `user:password`.
 */
export function spellings(secret: string): ReadonlySet<string> {
  const plain = [
    secret,
    ...drawn(secret),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    encodeURI(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    ...base64(secret),
  ];
  const all = new Set<string>();
  for (const text of plain) {
    const inJson = JSON.stringify(text).slice(1, -1);
    // Escaped twice too: an error message in JSON may quote a JSON body.
    const inNestedJson = JSON.stringify(inJson).slice(1, -1);
    for (const spelling of [text, inJson, inNestedJson]) all.add(spelling);
  }
  return all;
}

/** As `mrkdwn` puts it into a message: on one line, with Slack's entities. */
function drawn(secret: string): string[] {
  const shown = cleanLine(secret);
  const texts = shown === '' ? [] : [shown];
  // Words of commands and what is searched by are folded.
  const folded = [secret.toLowerCase(), ...texts.map((text) => text.toLowerCase())];
  return [secret, ...texts, ...folded].flatMap((text) => [text, entities(text), quoted(text)]);
}

const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What would begin a quotation is drawn as another sign, and is no entity then. */
const quoted = (text: string): string =>
  text.startsWith('>') ? `›${entities(text.slice(1))}` : entities(text);

/** Shorter pieces would match by chance. */
const MIN_BASE64_LENGTH = 8;

/**
 * Base64 of a longer text, such as `user:password`, depends on the secret's offset in a group of three bytes, so there are
 * three spellings. Characters at the edges are cut off, as they also encode the neighbours.
 */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inner = [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 4) / 3);
    const to = Math.floor(((before + bytes.length) * 4) / 3);
    const piece = encoded.slice(from, to);
    return piece.length >= MIN_BASE64_LENGTH ? [piece] : [];
  });
  const whole = bytes.length >= 4 ? [bytes.toString('base64')] : [];
  return [...whole, ...inner].flatMap((encoded) => [
    encoded,
    encoded.replace(/\+/g, '-').replace(/\//g, '_').replaceAll('=', ''),
    encodeURIComponent(encoded),
  ]);
}
