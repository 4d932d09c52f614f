/**
 * Finds secrets in text that people read or that is kept. `null`: there is none to find.
 *
 * A secret must not be found by chance in an id, nor spoil ordinary sentences. So what has fewer than four characters, or is one lower-case
 * word of up to seven letters, is not looked for at all: it is no secret that anything could protect. Four or five letters and digits,
 * and a word of up to eleven letters, are found as whole words; all else anywhere.
 */
export interface SecretPattern {
  readonly replaceIn: (text: string, by: string) => string;
}

const MIN_LENGTH = 4;
const MIN_LENGTH_ANYWHERE = 6;
/** Up to so many lower-case letters are a word of the language, such as `desk`, or may be one, such as `postgres`. */
const ORDINARY_WORD = /^[a-z]{1,7}$/;
const POSSIBLE_WORD = /^[a-z]{1,11}$/;

export function secretPattern(spellings: Iterable<string>): SecretPattern | null {
  const wanted = [...spellings]
    .filter((spelling) => spelling.length >= MIN_LENGTH && !ORDINARY_WORD.test(spelling))
    // Longest first, so that a shorter spelling does not match inside a longer one.
    .sort((one, other) => other.length - one.length);
  if (wanted.length === 0) return null;
  const pattern = new RegExp(wanted.map(toSource).join('|'), 'g');
  const mayContain = createSieve(wanted);
  return {
    replaceIn: (text, by) => (mayContain(text) ? text.replace(pattern, by) : text),
  };
}

/** What is drawn in place of a character that Slack would read as markup; see `markup/markup.ts`. */
const DRAWN_AS: ReadonlyMap<string, string> = new Map([
  ['*', '∗'],
  ['~', '∼'],
  ['`', 'ˋ'],
  ['_', 'ˍ'],
  [':', '∶'],
  ['>', '›'],
  ['|', '¦'],
]);
const READ_AS: ReadonlyMap<number, number> = new Map(
  [...DRAWN_AS].map(([sign, drawn]) => [drawn.charCodeAt(0), sign.charCodeAt(0)]),
);

function toSource(spelling: string): string {
  const source = spelling.replace(/\\+|[^A-Za-z0-9]/gu, (sign) => {
    // JSON in JSON in JSON: each time around there are more of them.
    if (sign.startsWith('\\')) return '\\\\+';
    if (sign === '"') return '\\\\*"';
    const escaped = sign.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    const drawn = DRAWN_AS.get(sign);
    return drawn === undefined ? escaped : `[${escaped}${drawn}]`;
  });
  return isOnlyAsWord(spelling) ? `${WORD_START}${source}(?![A-Za-z0-9])` : source;
}

/** Also behind what JSON and URLs write for a sign: the `n` of `\n` begins no word. */
const WORD_START =
  '(?:(?<![A-Za-z0-9])|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))';

function isOnlyAsWord(spelling: string): boolean {
  if (/^[A-Za-z0-9]+$/.test(spelling) && spelling.length < MIN_LENGTH_ANYWHERE) return true;
  return POSSIBLE_WORD.test(spelling);
}

const BACKSLASH = 92;
const SIEVE_BITS = 20;
const SIEVE_MASK = 2 ** SIEVE_BITS - 1;

/**
 * Most texts have nothing in them, and the pattern has hundreds of alternatives. The sieve lets through what has the first four
 * characters of any: one step a character, however many secrets there are. The hash forgets all but the last four by itself.
 * Backslashes are not looked at, as JSON puts in any number of them.
 */
function createSieve(wanted: readonly string[]): (text: string) => boolean {
  const starts = new Uint8Array(SIEVE_MASK + 1);
  for (const spelling of wanted) {
    const start = spelling.replaceAll('\\', '').slice(0, MIN_LENGTH);
    if (start.length < MIN_LENGTH) return () => true;
    let hash = 0;
    for (let at = 0; at < MIN_LENGTH; at += 1) hash = step(hash, start.charCodeAt(at));
    starts[hash] = 1;
  }
  return (text) => {
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) continue;
      hash = step(hash, code);
      if (starts[hash] === 1) return true;
    }
    return false;
  };
}

const step = (hash: number, code: number): number =>
  ((hash << (SIEVE_BITS / MIN_LENGTH)) ^ (code < 128 ? code : (READ_AS.get(code) ?? code))) &
  SIEVE_MASK;
