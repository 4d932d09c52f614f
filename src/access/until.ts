import { z } from 'zod';
import { inWords, parseDuration } from '../requests/duration.js';
import type { GrantLimits } from '../requests/policy.js';

/** How long access lasts: a preset of the policy (`90d`), a last day (`2026-12-31`, UTC), or `permanent`. */
export const Until = z.union([
  z.object({ for: z.string() }),
  z.object({ on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
  z.literal('permanent'),
]);
export type Until = z.infer<typeof Until>;

/** When access that begins at `from` ends; null: never. A last day is whole, and counted in UTC. */
export function endOf(until: Until, from: Date): Date | null {
  if (until === 'permanent') return null;
  if ('on' in until) return lastMomentOf(until.on);
  const ms = parseDuration(until.for);
  if (ms === null) throw new RangeError(`not a duration: ${until.for}`);
  return new Date(from.getTime() + ms);
}

/** `2026-12-31` is over when it is over in UTC. */
export const lastMomentOf = (lastDay: string): Date => new Date(`${lastDay}T23:59:59.999Z`);

/** A sentence about what the policy has against it, or null. The form offers only what passes here. */
export function checkUntil(until: Until, limits: GrantLimits, now: Date): string | null {
  if (until === 'permanent') {
    return limits.durations.includes('permanent')
      ? null
      : 'The policy does not allow permanent access. Choose an end.';
  }
  const end = 'for' in until && parseDuration(until.for) === null ? null : endOf(until, now);
  if (end === null || !isDay(until, end)) return 'That is neither a duration nor a day.';
  if (end <= now) return 'That day is over. Choose one in the future.';
  const { max } = limits;
  if (max !== null && end.getTime() > now.getTime() + max) {
    return `The policy allows at most ${inWords(max)}.`;
  }
  return null;
}

/** `2026-02-30` would quietly become the second of March. */
function isDay(until: Exclude<Until, 'permanent'>, end: Date): boolean {
  if ('for' in until) return true;
  return !Number.isNaN(end.getTime()) && end.toISOString().startsWith(until.on);
}

/** The same, and what a form that was opened under an earlier policy may still hold: a duration that is offered no more. */
export function checkOffered(until: Until, limits: GrantLimits, now: Date): string | null {
  const isOffered =
    typeof until === 'string' || 'on' in until || limits.durations.includes(until.for);
  return isOffered
    ? checkUntil(until, limits, now)
    : `The policy offers only ${limits.durations.join(', ')}.`;
}
