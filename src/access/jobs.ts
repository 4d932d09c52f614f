import { notice } from '../requests/jobs.js';
import type { JobName, NewJob } from '../requests/step.js';
import { type Access, type AccessKey, keyOf } from './access.js';
import type { Drift } from './observe.js';
import { nextMoment } from './warnings.js';

/** Work on one access, one after the other and never twice at once, whichever replica does it. */
export function reconcileJob(key: AccessKey, runAt: Date): NewJob {
  return accessJob('reconcile', key, runAt);
}

/** The moment at which somebody must be warned, or a claim is over. */
export function clockJob(access: Access, now: Date): readonly NewJob[] {
  const at = nextMoment(access, now);
  return at === null ? [] : [accessJob('access-clock', keyOf(access), at)];
}

export const laneOf = ({ service, onezone }: AccessKey): string => `access:${service}:${onezone}`;

function accessJob(name: JobName, { service, onezone }: AccessKey, runAt: Date): NewJob {
  const key = { service, onezone };
  // A clock waits for months; in the lane it would hold up everything that comes after it.
  const lane = name === 'reconcile' ? laneOf(key) : null;
  const id = `${name}:${service}:${onezone}`;
  return { name, key: id, lane, request: null, payload: { service, onezone }, runAt };
}

/** Operators are told what others took of what the desk gave: nothing of it is undone by itself. */
export function driftNotice(
  { service, onezone, claims }: Access,
  { added, removed }: Drift,
  { id, now }: { readonly id: string; readonly now: Date },
): readonly NewJob[] {
  const isOurs = claims.some(({ lost }) => removed.some((word) => lost.includes(word)));
  if (!isOurs) return [];
  const people = [...new Set(claims.map((claim) => `<@${claim.slack}>`))].join(', ');
  const also = added.length === 0 ? '' : ` It gained ${added.join(', ')}.`;
  const text =
    `Somebody changed an access of the desk in Onezone: on “${service.name}” the user ${onezone} (asked for by or for ${people}) ` +
    `lost ${removed.join(', ')}.${also} The desk does not give it again by itself. ` +
    'Next: if it was a mistake, /handle restore gives it again.';
  return [notice(text, { id, now })];
}
