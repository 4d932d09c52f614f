import { type PrivilegeVocabulary, privilegesFor } from '../onezone/privileges.js';
import type { Level } from '../requests/level.js';
import { type Access, type Claim, isLive } from './access.js';
import { MEMBER, type PrivilegeSet, toSet, union, without } from './privilege-set.js';

export type Vocabulary = Pick<PrivilegeVocabulary, 'all'>;

/** What the zone should show for this access: what others gave, and what live claims give. */
export function desired(access: Access, vocabulary: Vocabulary, now: Date): PrivilegeSet {
  const claims = access.claims.filter((claim) => isLive(claim, now));
  return union(toSet(access.baseline), ...claims.map((claim) => givenBy(claim, vocabulary)));
}

/** What a claim gives: its level, without what others took away from it. Of a membership that they took away, nothing. */
export const givenBy = ({ level, lost }: Claim, vocabulary: Vocabulary): PrivilegeSet =>
  lost.includes(MEMBER) ? new Set() : without(entitlement(level, vocabulary), lost);

export const entitlement = (level: Level, vocabulary: Vocabulary): PrivilegeSet =>
  toSet(privilegesFor(level, vocabulary));
