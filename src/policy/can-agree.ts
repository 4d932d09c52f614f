import type { RuleFile, Sections } from './policy-file.js';

/**
 * Why a rule's agreement can never come together, or null. Told only where it is certain: who is in a Slack user group,
 * or in `everyone`, is not known here and counts as enough.
 */
export function canAgree(
  { roles = {}, requests }: Sections,
  may: readonly string[],
  approve: NonNullable<RuleFile['approve']>,
): string | null {
  const isOpen = (name: string): boolean =>
    name === 'everyone' || (roles[name]?.usergroups ?? []).length > 0;
  const usersOf = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.flatMap((name) => roles[name]?.users ?? []));

  const by = [...approve.by, ...(requests?.escalate?.to ?? [])];
  if (by.some(isOpen)) return null;
  const { count = 1, unless = [] } = approve;
  const approvers = usersOf(by);
  const exempt = usersOf(unless);
  const askers = [...usersOf(may)].filter((it) => !exempt.has(it));
  const asking = may.filter((name) => !unless.includes(name));
  const someoneElseAsks = asking.some(isOpen) || askers.some((it) => !approvers.has(it));
  if (asking.length === 0 || (askers.length === 0 && !someoneElseAsks)) return null;
  const able = approvers.size - (someoneElseAsks ? 0 : 1);
  if (able >= count) return null;
  const why = someoneElseAsks ? '' : ', because nobody agrees to their own request';
  return `needs ${count} who agree, but ${able} at most could${why}`;
}
