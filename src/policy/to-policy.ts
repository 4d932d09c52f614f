import { parseDuration } from '../requests/duration.js';
import { type Actions, ACTIONS, type ActionRule, type Policy } from '../requests/policy.js';
import { DEFAULT_LAPSE } from './checks.js';
import type { PolicyFile, RuleFile } from './policy-file.js';

/** What the file leaves out, filled in. The file was checked before: all its durations can be read. */
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
    services: services.map((it) => ({
      match: it.match,
      actions: toActions(it.actions ?? {}),
      notify: it.notify ?? null,
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

/** Without `max` the longest duration listed is the limit; where `permanent` is listed, there is none. */
function toGrants(grants: NonNullable<PolicyFile['grants']>): Policy['grants'] {
  const { durations = DEFAULT_DURATIONS, levels = ['use', 'maintain'] } = grants;
  const longest = Math.max(...durations.map((it) => parseDuration(it) ?? Infinity));
  const max = grants.max === undefined ? longest : (parseDuration(grants.max) ?? Infinity);
  return { durations, max: Number.isFinite(max) ? max : null, levels };
}

const DEFAULT_REMINDER = '24h';

function toRequests(requests: NonNullable<PolicyFile['requests']>): Policy['requests'] {
  const { lapse_after: lapse, remind_after: remind, escalate } = requests;
  const lapseAfter = parseDuration(lapse ?? DEFAULT_LAPSE) ?? 0;
  const remindAfter = parseDuration(remind ?? DEFAULT_REMINDER);
  const after = escalate === undefined ? null : parseDuration(escalate.after);
  return {
    lapseAfter,
    // The default could come too late for a short `lapse_after`; one that is written was checked.
    remindAfter: remindAfter !== null && remindAfter < lapseAfter ? remindAfter : null,
    escalate: escalate === undefined || after === null ? null : { after, to: escalate.to },
  };
}
