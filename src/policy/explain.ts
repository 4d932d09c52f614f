import { decide, rolesOf, ruleFor, type Verdict } from '../requests/decide.js';
import { matches } from '../requests/matches.js';
import type { Actor } from '../requests/person.js';
import type { Action, ActionRule, Policy } from '../requests/policy.js';
import type { ServiceRef } from '../requests/request.js';

/** Why someone may do something or not, line by line: the rules considered, then the verdict. */
export function explain(
  policy: Policy,
  actor: Actor,
  action: Action,
  service: ServiceRef | null,
): readonly string[] {
  const { rule, path } = ruleFor(policy, action, service);
  const verdict = decide(policy, actor, { do: 'ask', action, service }, new Date(0));
  const roles = rolesOf(policy, actor);
  return [
    `${actor.id} is a ${actor.standing} with ${roles.length === 0 ? 'no role' : `the roles ${roles.join(', ')}`}.`,
    ...(service === null ? [] : serviceRules(policy, action, service)),
    `${path} decides${rule === null ? ', and it is not in the file' : ''}.`,
    ...(rule === null || roles.length === 0 ? [] : ruleDetails(rule, roles)),
    ...conclusion(verdict),
  ];
}

/** Stops at the rule that decides, as later ones are not considered. */
function serviceRules(policy: Policy, action: Action, service: ServiceRef): string[] {
  const lines: string[] = [];
  for (const [index, { match, actions }] of policy.services.entries()) {
    const isMatch = matches(match, service);
    const hasRule = actions[action] !== undefined;
    const which = `services[${index}] “${match}”`;
    if (!isMatch) lines.push(`${which} does not match “${service.name}”.`);
    else
      lines.push(
        `${which} matches “${service.name}” and has ${hasRule ? 'a' : 'no'} rule for ${action}.`,
      );
    if (isMatch && hasRule) break;
  }
  return lines;
}

function ruleDetails({ may, approve }: ActionRule, roles: readonly string[]): string[] {
  const through = (names: readonly string[]): string => {
    const had = names.filter((name) => roles.includes(name));
    return had.length === 0 ? 'no' : `yes, through ${had.join(', ')}`;
  };
  const asks = `may [${may.join(', ')}]: ${through(may)}.`;
  if (approve === null) return [asks, 'approve: not demanded.'];
  const { by, count, unless } = approve;
  return [
    asks,
    `approve.unless [${unless.join(', ')}]: ${through(unless)}.`,
    `approve.by [${by.join(', ')}]: ${count}, and never the requester or a beneficiary.`,
  ];
}

function conclusion(verdict: Verdict): string[] {
  switch (verdict.kind) {
    case 'allowed':
      return [`Allowed, by ${verdict.rule ?? 'no rule'}.`];
    case 'needs':
      return [
        `Allowed once ${verdict.count} of ${verdict.by.join(', ')} agree, by ${verdict.rule}.`,
      ];
    case 'refused': {
      const { message, next, rule } = verdict.refusal;
      return [`Refused${rule === null ? '' : `, by ${rule}`}: ${message} ${next}`];
    }
  }
}
