import { nearest } from '../nearest.js';
import { COUNTS, FILLERS, FOREVER, LEVELS, SELF, UNITS } from './lexicon.js';
import { rawOf, type Token, tokensOf } from './tokens.js';

export interface NamedService {
  readonly id: string;
  readonly name: string;
}

/** Which service the words name, and which words do. */
export type ServiceFound =
  | {
      readonly kind: 'one';
      readonly service: NamedService;
      readonly at: ReadonlySet<number>;
      /** What was taken for it, where it was not typed like that. */
      readonly takenFrom: string | null;
    }
  | {
      readonly kind: 'several';
      readonly choices: readonly NamedService[];
      readonly typed: string;
      readonly at: ReadonlySet<number>;
    };

/** By the whole name (the longest that fits) or the id. */
export function exactService(
  tokens: readonly Token[],
  services: readonly NamedService[],
): ServiceFound | null {
  const names = namesOf(services);
  const whole = names.byName.get(keyOf(tokens));
  if (whole !== undefined) return found(whole, tokens, allOf(tokens));
  const hits: { readonly services: readonly NamedService[]; readonly at: readonly number[] }[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const length = longestAt(tokens, at, names);
    if (length === 0) continue;
    const key = keyOf(tokens.slice(at, at + length));
    hits.push({ services: names.byName.get(key) ?? [], at: range(at, length) });
    at += length - 1;
  }
  if (hits.length === 0) return null;
  return found(
    hits.flatMap((hit) => hit.services),
    tokens,
    new Set(hits.flatMap((hit) => hit.at)),
  );
}

/** Pieces of a long text that are tried, so that it costs little whatever is typed. */
const MAX_RUNS = 3;
const MAX_WORDS = 4;

/** By a part of the name or a name with a small typing error, among words that mean nothing else. */
export function similarService(
  tokens: readonly Token[],
  runs: readonly (readonly number[])[],
  services: readonly NamedService[],
): ServiceFound | null {
  const pieces = runs.slice(0, MAX_RUNS).flatMap(piecesOf);
  for (const fits of [containing, almost]) {
    for (const piece of pieces) {
      const typed = piece.flatMap((index) => tokens[index] ?? []);
      const meant = fits(keyOf(typed), services);
      if (meant.length > 0) return found(meant, tokens, new Set(piece), rawOf(typed));
    }
  }
  return null;
}

interface Names {
  readonly byName: ReadonlyMap<string, readonly NamedService[]>;
  readonly longest: number;
}

function namesOf(services: readonly NamedService[]): Names {
  const byName = new Map<string, readonly NamedService[]>();
  let longest = 1;
  for (const service of services) {
    const words = tokensOf(service.name);
    longest = Math.max(longest, words.length);
    for (const key of new Set([keyOf(words), service.id.toLowerCase()])) {
      if (key !== '') byName.set(key, [...(byName.get(key) ?? []), service]);
    }
  }
  return { byName, longest };
}

/** A name of nothing but words of the grammar would be found in every sentence: it counts only where nothing else is said. */
function longestAt(tokens: readonly Token[], at: number, names: Names): number {
  for (let length = Math.min(names.longest, tokens.length - at); length > 0; length -= 1) {
    const piece = tokens.slice(at, at + length);
    if (names.byName.has(keyOf(piece)) && !piece.every(isOfGrammar)) return length;
  }
  return 0;
}

const OF_GRAMMAR = new Set([
  ...[FILLERS, FOREVER, SELF].flatMap((words) => [...words]),
  ...[COUNTS, LEVELS, UNITS].flatMap((words) => [...words.keys()]),
  ...['because', 'good', 'tomorrow'],
]);

const isOfGrammar = ({ word }: Token): boolean => OF_GRAMMAR.has(word) || /^\d+$/.test(word);

function found(
  meant: readonly NamedService[],
  tokens: readonly Token[],
  at: ReadonlySet<number>,
  takenFrom: string | null = null,
): ServiceFound {
  const choices = [...new Map(meant.map((service) => [service.id, service])).values()];
  const [service, second] = choices;
  return service !== undefined && second === undefined
    ? { kind: 'one', service, at, takenFrom }
    : { kind: 'several', choices, typed: rawOf(tokens.filter((_, index) => at.has(index))), at };
}

const containing = (key: string, services: readonly NamedService[]): readonly NamedService[] =>
  key.length < 3 ? [] : services.filter(({ name }) => keyOf(tokensOf(name)).includes(key));

/** All that are near enough: which of several was meant is not for us to guess. */
function almost(key: string, services: readonly NamedService[]): readonly NamedService[] {
  const edits = key.length < 4 ? 0 : key.length < 8 ? 1 : 2;
  if (edits === 0) return [];
  return services.filter(({ name }) => {
    const isAsLong = Math.abs(name.length - key.length) <= edits;
    return isAsLong && nearest(key, [keyOf(tokensOf(name))], edits) !== null;
  });
}

/** The longest first. */
function piecesOf(run: readonly number[]): readonly (readonly number[])[] {
  const words = run.slice(0, MAX_WORDS);
  const lengths = words.map((_, index) => words.length - index);
  return lengths.flatMap((length) =>
    words.slice(0, words.length - length + 1).map((_, at) => words.slice(at, at + length)),
  );
}

const keyOf = (tokens: readonly Token[]): string => tokens.map(({ word }) => word).join(' ');
const allOf = (tokens: readonly Token[]): ReadonlySet<number> => new Set(tokens.keys());
const range = (at: number, length: number): readonly number[] =>
  Array.from({ length }, (_, index) => at + index);
