/**
 * Membership and privileges of one user in one service, as a set: `member` stands for the membership itself, so that no
 * membership is the empty set and a membership without privileges is not.
 */
export type PrivilegeSet = ReadonlySet<string>;

export const MEMBER = 'member';

export const toSet = (privileges: readonly string[] | null): PrivilegeSet =>
  new Set(privileges === null ? [] : [MEMBER, ...privileges]);

/** As Onezone writes it: null is no membership. Sorted. */
export const toPrivileges = (set: PrivilegeSet): string[] | null =>
  set.size === 0 ? null : [...set].filter((word) => word !== MEMBER).sort();

export const union = (...sets: readonly Iterable<string>[]): PrivilegeSet =>
  new Set(sets.flatMap((set) => [...set]));

export const without = (set: PrivilegeSet, others: Iterable<string>): PrivilegeSet => {
  const gone = new Set(others);
  return new Set([...set].filter((word) => !gone.has(word)));
};

export const hasAll = (set: PrivilegeSet, wanted: PrivilegeSet): boolean =>
  [...wanted].every((word) => set.has(word));

export const isSame = (one: PrivilegeSet, other: PrivilegeSet): boolean =>
  one.size === other.size && hasAll(one, other);

/** What was read back, for people. */
export function sawWords(seen: PrivilegeSet): string {
  const privileges = toPrivileges(seen);
  if (privileges === null) return 'not a member';
  return privileges.join(', ') || 'a member without privileges';
}
