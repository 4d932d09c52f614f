import { FILLERS } from './lexicon.js';
import { splitReason } from './reason.js';
import { exactService, type NamedService } from './service.js';
import { rawOf, type Token, tokensOf } from './tokens.js';

/** How something is asked for in words: phrases in lower case, words in their order, `…` for a few others between them. */
export interface Phrases {
  readonly plainly: readonly string[];
  /** They count only where nothing is said plainly: “I want to extend” wants no access, but more time. */
  readonly perhaps?: readonly string[];
}

/** Something that can be wanted. */
export interface Wish<Meaning> {
  readonly meaning: Meaning;
  readonly phrases: Phrases;
}

/** What is wanted, and the text without the words that said so. */
export interface Wanted<Meaning> {
  readonly meaning: Meaning | null;
  readonly rest: string;
}

/** The phrase that begins first, and of those the longest. Words that name a service say nothing of what is wanted. */
export function wantedIn<Meaning>(
  text: string,
  wishes: readonly Wish<Meaning>[],
  services: readonly NamedService[],
): Wanted<Meaning> {
  const { asked, reason } = splitReason(text);
  const tokens = tokensOf(asked);
  const named: ReadonlySet<number> = exactService(tokens, services)?.at ?? new Set();
  const plainly = wishes.map(({ meaning, phrases }) => ({ meaning, said: phrases.plainly }));
  const perhaps = wishes.map(({ meaning, phrases }) => ({ meaning, said: phrases.perhaps ?? [] }));
  const found =
    firstOf(tokens, plainly, named) ??
    firstOf(tokens, perhaps, named) ??
    // A service that is called like a verb must not take the verb away from everybody.
    firstOf(tokens, [...plainly, ...perhaps], new Set());
  if (found === null) return { meaning: null, rest: text };
  const rest = rawOf(tokens.filter((_, at) => !found.at.includes(at)));
  return {
    meaning: found.meaning,
    rest: reason === '' ? rest : `${rest} because ${reason}`.trim(),
  };
}

const GREETINGS = new Set(
  'hi hello hey hallo greetings thanks thank you thx cheers good morning afternoon evening day there ok okay'.split(
    ' ',
  ),
);

/** Somebody is kind, or says nothing at all. */
export const isGreeting = (text: string): boolean =>
  tokensOf(text).every(({ word }) => GREETINGS.has(word) || FILLERS.has(word));

interface Found<Meaning> {
  readonly meaning: Meaning;
  readonly at: readonly number[];
}

function firstOf<Meaning>(
  tokens: readonly Token[],
  wishes: readonly { readonly meaning: Meaning; readonly said: readonly string[] }[],
  named: ReadonlySet<number>,
): Found<Meaning> | null {
  const phrases = wishes.flatMap(({ meaning, said }) =>
    said.map((phrase) => ({ meaning, words: phrase.split(' ') })),
  );
  for (const start of tokens.keys()) {
    const here = phrases.flatMap(({ meaning, words }) => {
      const at = phraseAt(tokens, start, { words, named });
      return at === null ? [] : [{ meaning, at }];
    });
    const [longest] = here.sort((one, other) => other.at.length - one.at.length);
    if (longest !== undefined) return longest;
  }
  return null;
}

const MAX_BETWEEN = 8;

function phraseAt(
  tokens: readonly Token[],
  start: number,
  { words, named }: { readonly words: readonly string[]; readonly named: ReadonlySet<number> },
): readonly number[] | null {
  const at: number[] = [];
  let next = start;
  let between = 0;
  for (const word of words) {
    if (word === '…') {
      between = MAX_BETWEEN;
      continue;
    }
    const rest = tokens.slice(next, next + between + 1);
    const offset = rest.findIndex(
      (token, index) => token.word === word && !named.has(next + index),
    );
    if (offset === -1) return null;
    at.push(next + offset);
    next += offset + 1;
    between = 0;
  }
  return at;
}
