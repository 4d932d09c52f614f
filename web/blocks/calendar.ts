/** A day of the calendar, as Slack writes it: `2026-11-25`. Without any time zone. */
export type Day = string;

const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;

const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(dateOf(text).getTime()) &&
  dayOf(dateOf(text)) === text;

/** The day that it is where the browser stands. */
export function today(now: Date): Day {
  return dayOf(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
}

export const plusDays = (day: Day, days: number): Day =>
  dayOf(new Date(dateOf(day).getTime() + days * DAY_MS));

/** The same day of another month, or its last one if that is shorter. */
export function plusMonths(day: Day, months: number): Day {
  const date = dateOf(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  first.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
  return dayOf(first);
}

/** The Sunday of its week, as in Slack. */
export const weekStart = (day: Day): Day => plusDays(day, -dateOf(day).getUTCDay());

/** The weeks that a month touches, each of seven days, also those of the months beside it. */
export function weeksOf(day: Day): readonly (readonly Day[])[] {
  const month = day.slice(0, 7);
  const weeks: Day[][] = [];
  for (let at = weekStart(`${month}-01`); at.slice(0, 7) <= month; at = plusDays(at, DAYS_A_WEEK)) {
    weeks.push(Array.from({ length: DAYS_A_WEEK }, (_, index) => plusDays(at, index)));
  }
  return weeks;
}

/** Where a key leads from a day, as in every calendar grid; null: nowhere. */
export function dayByKey(day: Day, key: string): Day | null {
  switch (key) {
    case 'ArrowLeft':
      return plusDays(day, -1);
    case 'ArrowRight':
      return plusDays(day, 1);
    case 'ArrowUp':
      return plusDays(day, -DAYS_A_WEEK);
    case 'ArrowDown':
      return plusDays(day, DAYS_A_WEEK);
    case 'Home':
      return weekStart(day);
    case 'End':
      return plusDays(weekStart(day), DAYS_A_WEEK - 1);
    case 'PageUp':
      return plusMonths(day, -1);
    case 'PageDown':
      return plusMonths(day, 1);
    default:
      return null;
  }
}

/** In words of the browser's language: `November 25, 2026`. */
export const dayWords = (day: Day, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(undefined, { ...how, timeZone: 'UTC' }).format(dateOf(day));
