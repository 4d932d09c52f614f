/** A word as it was typed, and as it is compared: lower case, without the punctuation around it. */
export interface Token {
  readonly raw: string;
  readonly word: string;
}

/** What is nothing but punctuation is no word. */
export const tokensOf = (text: string): readonly Token[] =>
  text
    .split(/\s+/u)
    .map((raw) => ({ raw, word: wordOf(raw) }))
    .filter(({ word }) => word !== '');

export const rawOf = (tokens: readonly Token[]): string => tokens.map(({ raw }) => raw).join(' ');

const EDGE = new Set('.,;:!?¿¡()[]{}<>"\'“”„‘’`*_~…–—-/|');

/** By hand: an expression that is anchored at the end takes quadratic time on a row of such signs. */
function wordOf(raw: string): string {
  const signs = Array.from(raw.normalize('NFC').toLowerCase().replaceAll('’', "'"));
  const first = signs.findIndex((sign) => !EDGE.has(sign));
  const last = signs.findLastIndex((sign) => !EDGE.has(sign));
  return first === -1 ? '' : signs.slice(first, last + 1).join('');
}
