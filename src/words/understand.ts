import type { Level } from '../requests/level.js';
import { FILLERS, LEVELS, SELF } from './lexicon.js';
import { splitReason } from './reason.js';
import { exactService, type NamedService, type ServiceFound, similarService } from './service.js';
import { rawOf, type Token, tokensOf } from './tokens.js';
import { type SpokenUntil, untilAt } from './until.js';

/** What was said, as far as a form can hold it. */
export interface Spoken {
  readonly service: ServiceFound | null;
  readonly until: Said<SpokenUntil> | null;
  readonly level: Said<Level> | null;
  /** The speaker was named among the people. */
  readonly self: Said<true> | null;
  /** Empty: no reason was said. */
  readonly reason: string;
  /** What was not understood, a piece for each place. */
  readonly unknown: readonly string[];
}

export interface Said<Value> {
  readonly value: Value;
  readonly typed: string;
}

/**
 * Finds in a sentence what a form asks for, in any order. Never throws, and takes each word once: what has no meaning here is in
 * `unknown`. People are not in the text any more.
 */
export function understand(
  text: string,
  { services, now }: { readonly services: readonly NamedService[]; readonly now: Date },
): Spoken {
  const { asked, reason: because } = splitReason(text);
  const tokens = tokensOf(asked);
  const exact = exactService(tokens, services);
  const taken = new Set(exact?.at);
  const until = takeUntil(tokens, taken, now);
  const level = takeWord(tokens, taken, (word) => LEVELS.get(word));
  const self = takeWord(tokens, taken, (word) => SELF.has(word) || undefined);
  const to = because === '' && exact !== null ? takeTo(tokens, taken, exact.at) : '';
  const isOpen = (index: number): boolean => !taken.has(index) && !isFiller(tokens[index]);
  const service = exact ?? similarService(tokens, runsOf(tokens, isOpen), services);
  for (const index of service?.at ?? []) taken.add(index);
  const unknown = runsOf(tokens, isOpen).map((run) => rawOf(run.flatMap((at) => tokens[at] ?? [])));
  return { service, until, level, self, reason: because || to, unknown };
}

const isFiller = (token: Token | undefined): boolean =>
  token === undefined || FILLERS.has(token.word);

function takeUntil(
  tokens: readonly Token[],
  taken: Set<number>,
  now: Date,
): Said<SpokenUntil> | null {
  for (const at of tokens.keys()) {
    const found = taken.has(at) ? null : untilAt(tokens, at, now);
    if (found === null) continue;
    const words = [...tokens.keys()].slice(at, at + found.length);
    if (words.some((index) => taken.has(index))) continue;
    for (const index of words) taken.add(index);
    return { value: found.until, typed: rawOf(tokens.slice(at, at + found.length)) };
  }
  return null;
}

/** The same meaning may be said twice; another one is left, to be reported. */
function takeWord<Value extends Level | true>(
  tokens: readonly Token[],
  taken: Set<number>,
  meaning: (word: string) => Value | undefined,
): Said<Value> | null {
  let said: Said<Value> | null = null;
  for (const [at, { word, raw }] of tokens.entries()) {
    const value = taken.has(at) ? undefined : meaning(word);
    if (value === undefined || (said !== null && said.value !== value)) continue;
    said ??= { value, typed: raw };
    taken.add(at);
  }
  return said;
}

/** “… to publish our theses”, at least two words behind the service, says why. */
function takeTo(
  tokens: readonly Token[],
  taken: Set<number>,
  service: ReadonlySet<number>,
): string {
  const behind = Math.max(...service);
  const start = tokens.findIndex(
    ({ word }, at) => at > behind && word === 'to' && !taken.has(at) && !taken.has(at + 1),
  );
  if (start === -1) return '';
  const end = tokens.findIndex((_, at) => at > start && taken.has(at));
  const words = tokens.slice(start, end === -1 ? tokens.length : end);
  if (words.length < 3 || words.slice(1).every(isFiller)) return '';
  for (const index of words.keys()) taken.add(start + index);
  return rawOf(words);
}

/** Places of words that belong together, as nothing that is understood stands between them. */
function runsOf(
  tokens: readonly Token[],
  isOpen: (index: number) => boolean,
): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const at of tokens.keys()) {
    if (!isOpen(at)) continue;
    const last = runs.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  }
  return runs;
}
