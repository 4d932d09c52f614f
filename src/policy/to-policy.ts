import { parseDuration } from '../requests/duration.js';
import { type Actions, ACTIONS, type ActionRule, type Policy } from '../requests/policy.js';
import { DEFAULT_LAPSE_AFTER } from './checks.js';
import type { PolicyFile, RuleFile } from './policy-file.js';

/** Fills in the defaults. The file must have passed all checks, so every duration parses. */
export function toPolicy(file: PolicyFile): Policy {
  const { roles = {}, services = [], accounts = {}, notify, identity } = file;
  return {
    roles: Object.fromEntries(
      Object.entries(roles).map(([name, { users = [], usergroups = [] }]) => [
        name,
        { users, usergroups },
      ]),
    ),
    actions: toActions(file.actions),
    services: services.map((service) => ({
      match: service.match,
      actions: toActions(service.actions ?? {}),
      notify: service.notify ?? null,
    })),
    grants: toGrants(file.grants ?? {}),
    requests: toRequests(file.requests ?? {}),
    accounts,
    notify: {
      grants: notify?.grants ?? null,
      approvals: notify?.approvals ?? null,
      operators: notify?.operators ?? null,
    },
    identity: { email: identity?.email ?? 'propose' },
  };
}

function toActions(rules: Readonly<Record<string, RuleFile | undefined>>): Actions {
  return Object.fromEntries(
    ACTIONS.flatMap((action) => {
      const rule = rules[action];
      return rule === undefined ? [] : [[action, toRule(rule)]];
    }),
  );
}

function toRule({ may, approve }: RuleFile): ActionRule {
  if (approve === undefined) return { may, approve: null };
  const { by, count = 1, unless = [] } = approve;
  return { may, approve: { by, count, unless } };
}

const DEFAULT_DURATIONS = ['7d', '90d', '365d'];

/** Without `max`, the longest listed duration is the limit; if `permanent` is listed, there is none. */
function toGrants(grants: NonNullable<PolicyFile['grants']>): Policy['grants'] {
  const { durations = DEFAULT_DURATIONS, levels = ['use', 'maintain'] } = grants;
  const longest = Math.max(...durations.map((duration) => parseDuration(duration) ?? Infinity));
  const max = grants.max === undefined ? longest : (parseDuration(grants.max) ?? Infinity);
  return { durations, max: Number.isFinite(max) ? max : null, levels };
}

const DEFAULT_REMIND_AFTER = '24h';

function toRequests(requests: NonNullable<PolicyFile['requests']>): Policy['requests'] {
  const { lapse_after: lapse, remind_after: remind, escalate } = requests;
  const lapseAfter = parseDuration(lapse ?? DEFAULT_LAPSE_AFTER) ?? 0;
  const remindAfter = parseDuration(remind ?? DEFAULT_REMIND_AFTER);
  const after = escalate === undefined ? null : parseDuration(escalate.after);
  return {
    lapseAfter,
    // Only the default can be too late, for a short `lapse_after`; a configured value was checked.
    remindAfter: remindAfter !== null && remindAfter < lapseAfter ? remindAfter : null,
    escalate: escalate === undefined || after === null ? null : { after, to: escalate.to },
  };
}
