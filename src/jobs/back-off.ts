const FIRST = 1_000;
const LONGEST = 60_000;

/** Milliseconds before the next attempt, by how many have failed: ever longer, at most a minute, spread so that replicas do not march in step. */
export function backOff(retries: number, random: () => number): number {
  const pause = Math.min(LONGEST, FIRST * 2 ** Math.min(retries, 20));
  return Math.round(pause * (0.8 + 0.4 * random()));
}
