import type { RuleFile, Sections } from './policy-file.js';

/**
 * Why a rule can never get enough approvals, or null. Only certain cases are reported: members of Slack user groups and
 * of `everyone` are not known here, so they count as enough.
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
  const askers = [...usersOf(may)].filter((user) => !exempt.has(user));
  const asking = may.filter((name) => !unless.includes(name));
  const someoneElseAsks = asking.some(isOpen) || askers.some((user) => !approvers.has(user));
  if (asking.length === 0 || (askers.length === 0 && !someoneElseAsks)) return null;
  const able = approvers.size - (someoneElseAsks ? 0 : 1);
  if (able >= count) return null;
  const why = someoneElseAsks ? '' : ', because nobody agrees to their own request';
  return `needs ${count} who agree, but ${able} at most could${why}`;
}
