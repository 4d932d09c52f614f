import { type Access, type Claim, isLive, isOn } from './access.js';
import { MEMBER } from './privilege-set.js';

const DAY_MS = 86_400_000;
const LONG_LEADS_MS = [3 * DAY_MS, DAY_MS];
/** A grant too short for three days' notice has one when this part of it is left. */
const SHORT_LEAD_SHARE = 0.2;

/** How long before its end somebody is told of it, in ms, longest first. Nothing for what has no end. */
export function warningLeads({ since, until }: Pick<Claim, 'since' | 'until'>): readonly number[] {
  if (until === null) return [];
  const lengthMs = until.getTime() - since.getTime();
  const [first = 0] = LONG_LEADS_MS;
  return lengthMs * SHORT_LEAD_SHARE >= first ? LONG_LEADS_MS : [lengthMs * SHORT_LEAD_SHARE];
}

/** How many warnings of a claim are due by now. */
export function warningsDue(claim: Claim, now: Date): number {
  const { until } = claim;
  if (until === null) return 0;
  return warningLeads(claim).filter((leadMs) => until.getTime() - leadMs <= now.getTime()).length;
}

/** Claims whose end somebody has to be told of now: not where another claim gives as much for longer. */
export function claimsToWarn(access: Access, now: Date): readonly Claim[] {
  return access.claims.filter(
    (claim) =>
      isLive(claim, now) &&
      isOn(claim) &&
      !claim.lost.includes(MEMBER) &&
      warningsDue(claim, now) > claim.warned &&
      !access.claims.some(
        (other) => other !== claim && isLive(other, now) && outlasts(other, claim),
      ),
  );
}

const RANKS = ['use', 'maintain', 'own'] as const;

const outlasts = (other: Claim, claim: Claim): boolean =>
  other.lost.length === 0 &&
  RANKS.indexOf(other.level) >= RANKS.indexOf(claim.level) &&
  (other.until === null || (claim.until !== null && other.until > claim.until));

/** When somebody must look at this access next: a warning is due, or a claim is over. Null: never. */
export function nextMoment(access: Access, now: Date): Date | null {
  const moments = access.claims
    .filter((claim) => isLive(claim, now))
    .flatMap((claim) => {
      const { until } = claim;
      if (until === null) return [];
      const [leadMs] = warningLeads(claim).slice(Math.max(claim.warned, warningsDue(claim, now)));
      return [leadMs === undefined ? until : new Date(until.getTime() - leadMs)];
    });
  return moments.length === 0 ? null : new Date(Math.min(...moments.map((at) => at.getTime())));
}
