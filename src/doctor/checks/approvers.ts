import type { ActionRule, Policy } from '../../requests/policy.js';
import type { Check } from '../check.js';
import type { Examined } from '../examined.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'policy.approvers';

/** A rule that needs more agreements than there are people makes requests that can only lapse. */
export const approvers: Check = {
  name,
  look: async ({ policy, workspace }) => {
    const rules = rulesOf(policy);
    const roles = await membersOfRoles(policy, workspace);
    const found = rules.flatMap((rule) => judge(policy, roles, rule) ?? []);
    if (found.length > 0) return found;
    return [ok(name, 'Enough people may agree, by every rule.')];
  },
};

interface Located {
  readonly where: string;
  readonly may: ActionRule['may'];
  readonly approve: NonNullable<ActionRule['approve']>;
}

function rulesOf({ actions, services }: Policy): readonly Located[] {
  const of = (where: string, rules: Policy['actions']): readonly Located[] =>
    Object.entries(rules).flatMap(([action, { may, approve }]) =>
      approve === null ? [] : [{ where: `${where}.${action}`, may, approve }],
    );
  return [
    ...of('actions', actions),
    ...services.flatMap((service) => of(`services[${service.match}].actions`, service.actions)),
  ];
}

type Roles = ReadonlyMap<string, ReadonlySet<string>>;

/** Those who count now, by role. */
async function membersOfRoles({ roles }: Policy, workspace: Examined['workspace']): Promise<Roles> {
  const all = await Promise.all(
    Object.entries(roles).map(async ([role, { users, usergroups }]) => {
      const groups = await Promise.all(usergroups.map((id) => workspace.group(id)));
      const inGroups = groups.flatMap((it) => (it === null || it.disabled ? [] : it.users));
      const ids = [...new Set([...users, ...inGroups])];
      const people = await Promise.all(ids.map((id) => workspace.person(id)));
      const active = ids.filter((_, index) => people[index]?.standing === 'member');
      return [role, new Set(active)] as const;
    }),
  );
  return new Map(all);
}

function judge(policy: Policy, roles: Roles, { where, may, approve }: Located): Finding | null {
  const by = [...new Set([...approve.by, ...(policy.requests.escalate?.to ?? [])])];
  if (by.includes('everyone')) return null;
  const of = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.flatMap((role) => [...(roles.get(role) ?? [])]));
  const able = of(by);
  const fix = `Give more people the role ${approve.by.join(' or ')}, or lower the count of ${where}.approve.`;
  if (able.size < approve.count) {
    return problem(name, {
      what: `${where} needs ${approve.count} who agree, and there ${able.size === 1 ? 'is' : 'are'} ${able.size === 0 ? 'none' : able.size}.`,
      why: 'Every request under this rule would lapse.',
      fix,
    });
  }
  const exempt = of(approve.unless);
  const asking = may.includes('everyone') ? able : of(may);
  const one = [...able].find((user) => asking.has(user) && !exempt.has(user));
  if (one === undefined || able.size - 1 >= approve.count) return null;
  return warning(name, {
    what: `${where} needs ${approve.count} who agree, and there are just ${able.size}.`,
    why: `Nobody agrees to their own request: what ${one} asks for would lapse.`,
    fix,
  });
}
