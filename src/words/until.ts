import { parseDuration } from '../requests/duration.js';
import { COUNTS, FOREVER, LEADS, MONTHS, type Unit, UNITS } from './lexicon.js';
import type { Token } from './tokens.js';

/** How long, or until when: the day itself is included. */
export type SpokenUntil =
  | { readonly kind: 'for'; readonly duration: string }
  | { readonly kind: 'on'; readonly day: string }
  | { readonly kind: 'permanent' };

export interface UntilFound {
  readonly until: SpokenUntil;
  /** In words. */
  readonly length: number;
}

/** Whether how long is said from this word on. Days without a year are the next ones, counted in UTC. */
export function untilAt(tokens: readonly Token[], at: number, now: Date): UntilFound | null {
  const lead = LEADS.has(wordAt(tokens, at)) ? 1 : 0;
  if (wordAt(tokens, at) === 'for' && wordAt(tokens, at + 1) === 'good') return forever(2);
  const words = tokens.slice(at + lead, at + lead + 3).map(({ word }) => word);
  const found = permanent(words) ?? duration(words, now) ?? day(words, now);
  return found === null ? null : { ...found, length: found.length + lead };
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';

const forever = (length: number): UntilFound => ({ until: { kind: 'permanent' }, length });

const permanent = ([word = '']: readonly string[]): UntilFound | null =>
  FOREVER.has(word) ? forever(1) : null;

const SHORT = /^(\d{1,5})([hdw])$/;
const HYPHENED = /^(\d{1,5})-([a-z]{3,6})$/;

function duration([first = '', second = '']: readonly string[], now: Date): UntilFound | null {
  const short = SHORT.test(first) ? lasting(first) : null;
  if (short !== null) return { until: short, length: 1 };
  const [, hyphened, unitWord = ''] = HYPHENED.exec(first) ?? [];
  const count = Number(hyphened ?? countOf(first));
  const unit = UNITS.get(hyphened === undefined ? second : unitWord);
  const until = unit === undefined ? null : spanOf(count, unit, now);
  return until === null ? null : { until, length: hyphened === undefined ? 2 : 1 };
}

const countOf = (word: string): string =>
  /^\d{1,5}$/.test(word) ? word : word === 'a' || word === 'an' ? '1' : String(COUNTS.get(word));

const lasting = (duration: string): SpokenUntil | null =>
  parseDuration(duration) === null ? null : { kind: 'for', duration };

const LETTERS: Readonly<Partial<Record<Unit, string>>> = { hour: 'h', day: 'd', week: 'w' };
const MAX_MONTHS = 1200;

/** Months and years have no length of their own, but from today they have a last day. */
function spanOf(count: number, unit: Unit, now: Date): SpokenUntil | null {
  if (Number.isNaN(count) || count === 0) return null;
  const letter = LETTERS[unit];
  if (letter !== undefined) return lasting(`${count}${letter}`);
  const months = unit === 'year' ? count * 12 : count;
  return months > MAX_MONTHS ? null : { kind: 'on', day: monthsAfter(now, months) };
}

function monthsAfter(now: Date, months: number): string {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  first.setUTCDate(Math.min(now.getUTCDate(), last.getUTCDate()));
  return isoDay(first);
}

const isoDay = (at: Date): string => at.toISOString().slice(0, 10);

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

function day(words: readonly string[], now: Date): UntilFound | null {
  const [first = ''] = words;
  if (first === 'tomorrow') {
    return { until: { kind: 'on', day: isoDay(new Date(now.getTime() + 86_400_000)) }, length: 1 };
  }
  const [, year, month, date] = ISO.exec(first) ?? [];
  const [, dottedDate, dottedMonth, dottedYear] = DOTTED.exec(first) ?? [];
  if (year !== undefined) return on(dayOf(Number(year), Number(month), Number(date)), 1);
  if (dottedYear !== undefined) {
    return on(dayOf(Number(dottedYear), Number(dottedMonth), Number(dottedDate)), 1);
  }
  return named(words, now);
}

/** `12 March 2027`, `March 12`. */
function named([first = '', second = '', third = '']: readonly string[], now: Date) {
  const month = MONTHS.get(first) ?? MONTHS.get(second);
  const date = dateOf(MONTHS.has(first) ? second : first);
  if (month === undefined || date === null) return null;
  if (/^\d{4}$/.test(third)) return on(dayOf(Number(third), month, date), 3);
  const year = now.getUTCFullYear();
  const thisYear = dayOf(year, month, date);
  const isOver = thisYear !== null && thisYear < isoDay(now);
  return on(isOver ? dayOf(year + 1, month, date) : thisYear, 2);
}

function dateOf(word: string): number | null {
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word) ?? [];
  return digits === undefined ? null : Number(digits);
}

const on = (found: string | null, length: number): UntilFound | null =>
  found === null ? null : { until: { kind: 'on', day: found }, length };

/** Null for what is no day, such as 30 February. */
function dayOf(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal && year >= 1000 ? isoDay(at) : null;
}
