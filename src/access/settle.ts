import type { Left } from '../requests/request.js';
import {
  type Access,
  type Claim,
  type ClaimState,
  isLive,
  isTouchWanted,
  settleTouches,
} from './access.js';
import { entitlement, givenBy, type Vocabulary } from './desired.js';
import {
  hasAll,
  type PrivilegeSet,
  sawWords,
  toPrivileges,
  toSet,
  without,
} from './privilege-set.js';

export interface Settling {
  readonly vocabulary: Vocabulary;
  readonly now: Date;
  /** Somebody without a membership of their own is in through a group. */
  readonly isInThroughGroup: boolean;
  /** What was there before it was taken away. */
  readonly found?: PrivilegeSet;
}

/** What was read back says what became of each claim: given, unclear, or over. `access` has been through `observe` with it. */
export function settle(access: Access, seen: PrivilegeSet, settling: Settling): Access {
  const claims = access.claims
    .filter((claim) => !isForgotten(claim, settling.now))
    .map((claim) => settleClaim(access, claim, { ...settling, seen }));
  return { ...access, claims, writing: null };
}

/** Long enough for everybody who has to hear of it. */
const KEEP_OVER_CLAIMS_MS = 86_400_000;

const isForgotten = ({ state }: Claim, now: Date): boolean =>
  (state.kind === 'ended' || state.kind === 'failed') &&
  now.getTime() - state.at.getTime() > KEEP_OVER_CLAIMS_MS;

/** Somebody moved or restored what was taken back before Onezone was read. */
const OVER_MEANWHILE = {
  kind: 'failed',
  why: 'This access ended meanwhile.',
  next: 'Ask for it anew if it is still needed.',
} as const;

function settleClaim(
  access: Access,
  claim: Claim,
  { seen, ...settling }: Settling & { readonly seen: PrivilegeSet },
): Claim {
  const { vocabulary, now } = settling;
  const { kind } = claim.state;
  if (kind === 'failed' || kind === 'ended') return claim;
  if (!isLive(claim, now)) {
    const left = leftOf(access, claim, settling);
    const isUnconfirmed = kind === 'wanted' && !wasThere(claim, settling);
    const known = isUnconfirmed ? ({ unconfirmed: true } as const) : {};
    const state: ClaimState = { kind: 'ended', at: now, left, ...known };
    return { ...settleTouches(claim, OVER_MEANWHILE), state };
  }
  if (kind !== 'wanted') return confirm(claim, { seen, ...settling });
  const own = givenBy(claim, vocabulary);
  if (hasAll(seen, own) && claim.lost.length === 0) {
    const added = toPrivileges(without(own, toSet(access.baseline))) ?? [];
    return { ...claim, state: { kind: 'given', at: now, added } };
  }
  // Not given a second time by itself: the next look would find it gone and call it taken.
  const missing = [...without(entitlement(claim.level, vocabulary), seen)];
  const state: ClaimState = { kind: 'unclear', saw: sawWords(seen) };
  return { ...claim, lost: [...new Set([...claim.lost, ...missing])], state };
}

/** A call whose answer was lost may have arrived after all. */
const wasThere = ({ level }: Claim, { found = new Set(), vocabulary }: Settling): boolean =>
  hasAll(found, entitlement(level, vocabulary));

/** An end was moved, or what was lost is to be there again: said only after it was read back. */
function confirm(
  claim: Claim,
  { seen, vocabulary, now }: Settling & { readonly seen: PrivilegeSet },
): Claim {
  if (!isTouchWanted(claim)) return claim;
  const missing = without(entitlement(claim.level, vocabulary), seen);
  if (missing.size === 0) return settleTouches(claim, { kind: 'confirmed', at: now });
  const why = `By then somebody had taken away a part of it in Onezone. Seen instead: ${sawWords(seen)}.`;
  const next = 'If that was a mistake, `/handle restore` gives it again.';
  return { ...settleTouches(claim, { kind: 'failed', why, next }), lost: [...missing] };
}

function leftOf(
  access: Access,
  claim: Claim,
  { vocabulary, now, isInThroughGroup }: Settling,
): Left {
  const isGivenByOther = access.claims.some(
    (other) => other !== claim && isLive(other, now) && givenBy(other, vocabulary).size > 0,
  );
  if (isGivenByOther) return 'access by another request';
  if (access.baseline !== null) {
    return access.joined.length > 0 ? 'what others gave' : 'what was there before';
  }
  return isInThroughGroup ? 'access through a group' : 'nothing';
}
