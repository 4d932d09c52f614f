import type { Level } from '../requests/level.js';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** They say nothing that a form could hold. Never a verb or `not`: what would turn the meaning has to be reported. */
export const FILLERS = setOf(
  'please access to the a an for on of in at with and i we you it is be am are was will that this my our your his her their ' +
    'from as level service services rights right permission permissions so just would could can may any some have has do does ' +
    'also only until till the same there hi hello hey thanks thank ok okay',
);

/** Whoever says so means themselves. */
export const SELF = setOf('me myself');

const levels: Readonly<Record<Level, string>> = {
  use: 'use using user usage',
  maintain: 'maintain maintaining maintainer maintenance manage managing manager',
  own: 'own owner owning ownership administer administrator admin',
};

export const LEVELS: ReadonlyMap<string, Level> = new Map([
  ...levels.use.split(' ').map((word) => [word, 'use'] as const),
  ...levels.maintain.split(' ').map((word) => [word, 'maintain'] as const),
  ...levels.own.split(' ').map((word) => [word, 'own'] as const),
]);

export const COUNTS: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['hour', 'hour'],
  ['hours', 'hour'],
  ['day', 'day'],
  ['days', 'day'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['month', 'month'],
  ['months', 'month'],
  ['year', 'year'],
  ['years', 'year'],
]);

const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** From 1; three letters are enough. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((name, index) => [
    [name, index + 1] as const,
    [name.slice(0, 3), index + 1] as const,
  ]),
);

export const FOREVER = setOf('permanently permanent forever indefinitely');
/** Before how long or until when. */
export const LEADS = setOf('for until till through');
