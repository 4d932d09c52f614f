const DAY_MS = 24 * 3_600_000;

/** Whole days that are left; 0 or less: it is over. */
export const daysLeft = (end: Date, now: Date): number =>
  Math.ceil((end.getTime() - now.getTime()) / DAY_MS);
