import { type Access, type Claim, isLive, isOn } from './access.js';
import { entitlement, type Vocabulary } from './desired.js';
import {
  hasAll,
  MEMBER,
  type PrivilegeSet,
  toPrivileges,
  toSet,
  union,
  without,
} from './privilege-set.js';

/** What others did to an access since we last looked. */
export interface Drift {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface Observed {
  readonly access: Access;
  /** Null: nothing that we did not do ourselves. */
  readonly drift: Drift | null;
}

/**
 * What a look at the zone tells: additions of others join the baseline, so that no end takes them away; what others took away
 * leaves it, and claims remember that they lost it. A call of ours that was cut off may or may not have arrived: what it was to
 * add counts as ours, unless a membership that it was to make has less than it would have given.
 */
export function observe(
  access: Access,
  seen: PrivilegeSet,
  { vocabulary, now }: { readonly vocabulary: Vocabulary; readonly now: Date },
): Observed {
  const applied = { privileges: toPrivileges(seen), at: now };
  if (access.applied === null) {
    return {
      access: { ...access, baseline: toPrivileges(seen), applied, writing: null },
      drift: null,
    };
  }
  const before = toSet(access.applied.privileges);
  // A word that this zone does not know can never be seen, and would make a membership of ours look like somebody else's.
  const known = new Set([MEMBER, ...vocabulary.all]);
  const target = access.writing === null ? before : within(toSet(access.writing.to), known);
  const isOurMembership = before.size > 0 || hasAll(seen, target);
  const ours = isOurMembership ? union(before, target) : before;
  const added = without(seen, ours);
  // What our own call was to take away is no loss; what it was to add may just not have arrived.
  const kept = new Set([...before].filter((word) => target.has(word)));
  const removed = without(kept, seen);
  const baseline = without(union(toSet(access.baseline), added, addedMembership(added)), removed);
  return {
    access: {
      ...access,
      baseline: toPrivileges(baseline),
      joined: [...without(union(access.joined, added), removed)],
      claims: access.claims.map((claim) => lose(claim, removed, { vocabulary, now })),
      applied,
      writing: null,
    },
    drift: added.size + removed.size === 0 ? null : { added: [...added], removed: [...removed] },
  };
}

const within = (set: PrivilegeSet, known: PrivilegeSet): PrivilegeSet =>
  new Set([...set].filter((word) => known.has(word)));

/** Who adds a privilege by hand wants the membership to stay as well. */
const addedMembership = (added: PrivilegeSet): readonly string[] =>
  added.size > 0 ? [MEMBER] : [];

function lose(
  claim: Claim,
  removed: PrivilegeSet,
  { vocabulary, now }: { readonly vocabulary: Vocabulary; readonly now: Date },
): Claim {
  // A claim that is just being given or restored has nothing to lose: what was asked for last wins.
  const isRestored = claim.touches.some(
    ({ restores, state }) => restores && state.kind === 'wanted',
  );
  if (!isLive(claim, now) || !isOn(claim) || isRestored) return claim;
  const own = entitlement(claim.level, vocabulary);
  const lost = [...removed].filter((word) => own.has(word) && !claim.lost.includes(word));
  return lost.length === 0 ? claim : { ...claim, lost: [...claim.lost, ...lost] };
}
