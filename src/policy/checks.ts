import { parseDuration } from '../requests/duration.js';
import type { Path, Places } from './place.js';
import { type RuleFile, type Sections, unknownWord } from './policy-file.js';
import { canAgree } from './can-agree.js';

/** A remark on a path of the file; a warning if the file can be used all the same. */
interface Remark {
  readonly path: Path;
  readonly says: string;
  readonly warns?: true;
}

/**
 * What a section alone cannot know: whether its words mean something in the others. Sections that are wrong in themselves
 * are left out; a file without roles comes with none and not without the section.
 */
export function check(
  file: Sections,
  places: Places,
): { readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  const all = [
    ...checkRoles(file),
    ...rulesOf(file).flatMap((it) => checkRule(file, it)),
    ...checkGrants(file),
    ...checkRequests(file),
    ...checkServices(file),
    ...checkRoleList(file, ['requests', 'escalate', 'to'], file.requests?.escalate?.to),
    ...(file.expect ?? []).flatMap((it, index) =>
      typeof it.then === 'object'
        ? checkRoleList(file, ['expect', index, 'then', 'by'], it.then.by)
        : [],
    ),
  ];
  const say = ({ path, says }: Remark): string => places.at(path, says);
  return {
    problems: all.filter((it) => it.warns === undefined).map(say),
    warnings: all.filter((it) => it.warns).map(say),
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

interface PlacedRule {
  readonly path: Path;
  readonly rule: RuleFile;
}

function rulesOf({ actions = {}, services = [] }: Sections): PlacedRule[] {
  const of = (path: Path, rules: Readonly<Record<string, RuleFile | undefined>>): PlacedRule[] =>
    Object.entries(rules).flatMap(([action, rule]) =>
      rule === undefined ? [] : [{ path: [...path, action], rule }],
    );
  return [
    ...of(['actions'], actions),
    ...services.flatMap((it, index) => of(['services', index, 'actions'], it.actions ?? {})),
  ];
}

function checkRule(file: Sections, { path, rule }: PlacedRule): Remark[] {
  const approve = [...path, 'approve'];
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

/** Silent where something is wrong in the roles themselves. */
function checkRoleList(file: Sections, path: Path, names: readonly string[] = []): Remark[] {
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
      (it, at) => it === duration || (ms !== null && lengths[at] === ms),
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
  const lapseAfter = parseDuration(lapse ?? DEFAULT_LAPSE) ?? Infinity;
  const isLate = (text: string | undefined): boolean =>
    text !== undefined && (parseDuration(text) ?? 0) >= lapseAfter;
  const says = `would come after the request has lapsed (lapse_after: ${lapse ?? DEFAULT_LAPSE})`;
  return [
    ...(isLate(remind) ? [{ path: ['requests', 'remind_after'], says }] : []),
    ...(isLate(escalate?.after) ? [{ path: ['requests', 'escalate', 'after'], says }] : []),
  ];
}

/** When requests lapse of which the file does not say it. */
export const DEFAULT_LAPSE = '7d';

function checkServices({ services = [] }: Sections): Remark[] {
  return services.flatMap(({ match }, index): Remark[] => {
    const first = services.findIndex((it) => it.match.toLowerCase() === match.toLowerCase());
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
