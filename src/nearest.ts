import { distance } from 'fastest-levenshtein';

/** The word with the smallest edit distance, at most `maxDistance`, ignoring case. */
export function nearest(
  word: string,
  words: readonly string[],
  maxDistance: number,
): string | null {
  const ranked = words
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((one, other) => one.edits - other.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= maxDistance ? best.candidate : null;
}
