/** Control and format characters: bidirectional overrides, zero-width joiners, tags. Line feed is dealt with before. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;
/** Letters that are drawn as nothing (Hangul fillers, Khmer inherent vowels) and the grapheme joiner. */
const BLANK = /[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * What could not be shown as it is: what is not seen or drawn as nothing, spaces that look like others or are drawn as one, and
 * the mark that ends a code span.
 */
const UNSHOWN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}|`| {2}/u;

/** The first of a line that readers would not see as it is, named for them (`U+202E`, `two spaces in a row`); or null. */
export function unshownIn(line: string): string | null {
  const [found] = UNSHOWN.exec(line) ?? [];
  if (found === undefined) return null;
  if (found === '  ') return 'two spaces in a row';
  const hex = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return found === '`' ? 'the back-tick' : `the character U+${hex}`;
}

/** Text of a person as lines, without anything that is not seen, or that makes it read in another order than it is stored. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n').replace(/\t/gu, ' ');
  return lines
    .split('\n')
    .map((line) => line.replace(LONE_SURROGATE, '\ufffd').replace(UNSEEN, '').replace(BLANK, ''))
    .join('\n')
    .trim();
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ');
}
