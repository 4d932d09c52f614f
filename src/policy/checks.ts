import { parseDuration } from '../requests/duration.js';
import type { Action } from '../requests/policy.js';
import { type RuleFile, type Sections, unknownWord } from './policy-file.js';
import { canAgree } from './can-agree.js';
import type { SourcePath, SourcePositions } from './source-position.js';

/** A problem, or with `warns` a warning that leaves the file usable. */
interface Remark {
  readonly path: SourcePath;
  readonly says: string;
  readonly warns?: true;
}

/**
 * Checks across sections, such as whether role names are defined. Invalid sections must be left out of `file`; if the file
 * defines no roles, `roles` must be `{}`, as its absence suppresses checks of role names.
 */
export function check(
  file: Sections,
  positions: SourcePositions,
): { readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  const all = [
    ...checkRoles(file),
    ...rulesOf(file).flatMap((located) => checkRule(file, located)),
    ...checkGrants(file),
    ...checkRequests(file),
    ...checkServices(file),
    ...checkRoleList(file, ['requests', 'escalate', 'to'], file.requests?.escalate?.to),
    ...(file.expect ?? []).flatMap(({ then }, index) =>
      typeof then === 'object' ? checkRoleList(file, ['expect', index, 'then', 'by'], then.by) : [],
    ),
  ];
  const say = ({ path, says }: Remark): string => positions.atValue(path, says);
  return {
    problems: all.filter((remark) => remark.warns === undefined).map(say),
    warnings: all.filter((remark) => remark.warns).map(say),
  };
}

function checkRoles({ roles = {} }: Sections): Remark[] {
  return Object.entries(roles).flatMap(([name, { users = [], usergroups = [] }]): Remark[] => {
    const path = ['roles', name];
    if (name === 'everyone') {
      return [{ path, says: '“everyone” is built in and cannot be defined' }];
    }
    return users.length + usergroups.length === 0
      ? [{ path, says: 'nobody has this role', warns: true }]
      : [];
  });
}

interface LocatedRule {
  readonly path: SourcePath;
  readonly rule: RuleFile;
}

function rulesOf({ actions = {}, services = [] }: Sections): LocatedRule[] {
  const of = (
    path: SourcePath,
    rules: Readonly<Record<string, RuleFile | undefined>>,
  ): LocatedRule[] =>
    Object.entries(rules).flatMap(([action, rule]) =>
      rule === undefined ? [] : [{ path: [...path, action], rule }],
    );
  return [
    ...of(['actions'], actions),
    ...services.flatMap((service, index) =>
      of(['services', index, 'actions'], service.actions ?? {}),
    ),
  ];
}

/** Actions without a request that could wait for agreement. */
const LOOKS_ONLY: readonly string[] = ['audit', 'doctor', 'review'] satisfies readonly Action[];

function checkRule(file: Sections, { path, rule }: LocatedRule): Remark[] {
  const approve = [...path, 'approve'];
  if (rule.approve !== undefined && LOOKS_ONLY.includes(String(path.at(-1)))) {
    const says = `“${String(path.at(-1))}” changes nothing, so there is nothing to agree to: leave approve out`;
    return [{ path: approve, says }];
  }
  const words = [
    ...checkRoleList(file, [...path, 'may'], rule.may),
    ...checkRoleList(file, [...approve, 'by'], rule.approve?.by),
    ...checkRoleList(file, [...approve, 'unless'], rule.approve?.unless),
  ];
  if (words.length > 0 || rule.approve === undefined || file.roles === undefined) return words;
  const unable = canAgree(file, rule.may, rule.approve);
  if (unable !== null) words.push({ path: [...approve, 'count'], says: unable, warns: true });
  const exempt = rule.approve.unless?.indexOf('everyone') ?? -1;
  if (exempt >= 0) {
    words.push({
      path: [...approve, 'unless', exempt],
      says: '“everyone” here means that nobody’s agreement is ever needed',
      warns: true,
    });
  }
  return words;
}

/** Reports nothing if the roles section itself is invalid. */
function checkRoleList(file: Sections, path: SourcePath, names: readonly string[] = []): Remark[] {
  if (file.roles === undefined) return [];
  const known = ['everyone', ...Object.keys(file.roles)];
  return names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [{ path: [...path, index], says: unknownWord('role', name, known) }],
  );
}

function checkGrants({ grants }: Sections): Remark[] {
  const { durations = [], max } = grants ?? {};
  const lengths = durations.map(parseDuration);
  const limit = max === undefined ? null : parseDuration(max);
  return durations.flatMap((duration, index): Remark[] => {
    const path = ['grants', 'durations', index];
    const ms = lengths[index] ?? null;
    const same = durations.findIndex(
      (other, at) => other === duration || (ms !== null && lengths[at] === ms),
    );
    if (same < index)
      return [{ path, says: `is the same as “${durations[same] ?? ''}” before it` }];
    return ms !== null && limit !== null && ms > limit
      ? [{ path, says: `is longer than grants.max, which is ${max ?? ''}` }]
      : [];
  });
}

function checkRequests({ requests }: Sections): Remark[] {
  const { lapse_after: lapse, remind_after: remind, escalate } = requests ?? {};
  const lapseAfter = parseDuration(lapse ?? DEFAULT_LAPSE_AFTER) ?? Infinity;
  const isLate = (text: string | undefined): boolean =>
    text !== undefined && (parseDuration(text) ?? 0) >= lapseAfter;
  const says = `would come after the request has lapsed (lapse_after: ${lapse ?? DEFAULT_LAPSE_AFTER})`;
  return [
    ...(isLate(remind) ? [{ path: ['requests', 'remind_after'], says }] : []),
    ...(isLate(escalate?.after) ? [{ path: ['requests', 'escalate', 'after'], says }] : []),
  ];
}

export const DEFAULT_LAPSE_AFTER = '7d';

function checkServices({ services = [] }: Sections): Remark[] {
  return services.flatMap(({ match }, index): Remark[] => {
    const first = services.findIndex((other) => other.match.toLowerCase() === match.toLowerCase());
    return first < index
      ? [
          {
            path: ['services', index, 'match'],
            says: `services[${first}] has the same match; for an action that both rule, the first wins`,
            warns: true,
          },
        ]
      : [];
  });
}
