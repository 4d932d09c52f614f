import { notice } from './requests/jobs.js';
import type { Policy } from './requests/policy.js';
import type { Entry } from './requests/step.js';
import type { Services } from './services.js';

type Watching = Pick<Services, 'store' | 'policy' | 'log' | 'now' | 'newSupportId' | 'wake'>;

/** Told of each look at a user group: why it cannot be read, or null. Never fails. */
export type GroupWatch = (group: string, unreadable: string | null) => Promise<void>;

/** A group that cannot be read has nobody in it: operators are told once, and once more when it was readable in between. */
export function createGroupWatch(services: Watching): GroupWatch {
  // What this process has seen last: the store is asked only where that changes.
  const seen = new Map<string, boolean>();

  async function note(group: string, unreadable: string | null): Promise<void> {
    const { store, log, now, newSupportId, policy, wake } = services;
    const at = now();
    if (unreadable === null) {
      const over = await store.unreadableGroups.remove(
        group,
        entry('group readable', at, { group }),
      );
      if (over) log.info({ group }, 'a user group of the policy can be read again');
      return;
    }
    const roles = rolesBy(policy.current(), group);
    const added = await store.unreadableGroups.add(group, {
      entry: entry('group unreadable', at, { group, code: unreadable, roles }),
      jobs: [
        notice(unreadableWords({ group, code: unreadable, roles }), {
          id: `group:${group}:${newSupportId()}`,
          now: at,
        }),
      ],
    });
    if (!added) return;
    log.error({ group, code: unreadable, roles }, 'a user group of the policy cannot be read');
    wake();
  }

  return async (group, unreadable) => {
    const isUnreadable = unreadable !== null;
    if (seen.get(group) === isUnreadable) return;
    seen.set(group, isUnreadable);
    try {
      await note(group, unreadable);
    } catch (err) {
      seen.delete(group);
      services.log.error({ err, group }, 'what became of a user group could not be recorded');
    }
  };
}

const rolesBy = (policy: Policy, group: string): readonly string[] =>
  Object.entries(policy.roles)
    .filter(([, role]) => role.usergroups.includes(group))
    .map(([name]) => name);

interface Unreadable {
  readonly group: string;
  readonly code: string;
  readonly roles: readonly string[];
}

function unreadableWords({ group, code, roles }: Unreadable): string {
  return (
    `The Slack user group ${group} cannot be read (${code}): until it can, nobody has ${roles.join(' or ')} by it. ` +
    `Whoever the policy names by id still has. Next: ${nextFor(code)}`
  );
}

function nextFor(code: string): string {
  return ['missing_scope', 'not_allowed_token_type'].includes(code)
    ? 'give the Slack app the scope usergroups:read and install it again.'
    : 'look whether the group is still there in Slack, or correct it under roles in the policy file.';
}

const entry = (
  what: Entry['what'],
  at: Date,
  detail: Readonly<Record<string, unknown>>,
): Entry => ({ at, who: 'bot', what, request: null, service: null, people: [], detail });
