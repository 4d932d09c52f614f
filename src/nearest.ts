import { distance } from 'fastest-levenshtein';

/** The word that differs in the fewest letters, if they are at most `most`. */
export function nearest(word: string, words: readonly string[], most: number): string | null {
  const ranked = words
    .map((it) => ({ it, away: distance(word.toLowerCase(), it.toLowerCase()) }))
    .sort((one, other) => one.away - other.away);
  const [best] = ranked;
  return best !== undefined && best.away <= most ? best.it : null;
}
