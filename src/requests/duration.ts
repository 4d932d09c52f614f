const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SHORT = /^(\d{1,5})([hdw])$/;
const ISO = /^P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?)$/;

/**
 * Milliseconds of `8h`, `7d`, `2w` or an ISO 8601 duration in weeks, days, hours and minutes; null for anything else.
 * Months and years are refused because their length depends on when they start. Zero is not a duration.
 */
export function parseDuration(text: string): number | null {
  const ms = short(text) ?? iso(text);
  return ms === null || ms <= 0 ? null : ms;
}

/** `90d` as “90 days”, `8h` as “8 hours”. */
export function inWords(ms: number): string {
  if (ms % DAY_MS === 0) return plural(ms / DAY_MS, 'day');
  if (ms % HOUR_MS === 0) return plural(ms / HOUR_MS, 'hour');
  return plural(Math.round(ms / 60_000), 'minute');
}

function short(text: string): number | null {
  const [, count, unit] = SHORT.exec(text) ?? [];
  if (count === undefined) return null;
  return Number(count) * (unit === 'h' ? HOUR_MS : unit === 'd' ? DAY_MS : 7 * DAY_MS);
}

function iso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null || text.endsWith('T')) return null;
  const [weeks, days, hours, minutes] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (
    (weeks ?? 0) * 7 * DAY_MS +
    (days ?? 0) * DAY_MS +
    (hours ?? 0) * HOUR_MS +
    (minutes ?? 0) * 60_000
  );
}

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
