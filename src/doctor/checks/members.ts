import type { Policy } from '../../requests/policy.js';
import type { Check } from '../check.js';
import { counted } from '../counted.js';
import type { Examined } from '../examined.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'policy.people';

export const members: Check = {
  name,
  look: async ({ policy, workspace }) => {
    const [people, groups] = await Promise.all([
      Promise.all(idsOf(policy, 'users').map((place) => person(workspace, place))),
      Promise.all(idsOf(policy, 'usergroups').map((place) => group(workspace, place))),
    ]);
    const wrong = [...people, ...groups].filter((finding) => finding !== null);
    if (wrong.length > 0) return wrong;
    return [
      ok(
        name,
        `Whom the policy names is active: ${counted(people.length, 'user')}, ${counted(groups.length, 'group')}.`,
      ),
    ];
  },
};

interface Place {
  readonly id: string;
  readonly roles: string;
}

function idsOf({ roles }: Policy, kind: 'users' | 'usergroups'): readonly Place[] {
  const ids = [...new Set(Object.values(roles).flatMap((role) => role[kind]))];
  return ids.map((id) => ({
    id,
    roles: Object.entries(roles)
      .filter(([, role]) => role[kind].includes(id))
      .map(([role]) => role)
      .join(', '),
  }));
}

const CANNOT: Readonly<Record<string, string>> = {
  deactivated: 'is deactivated',
  guest: 'is a guest',
  bot: 'is a bot',
  stranger: 'is of another workspace',
};

async function person(
  workspace: Examined['workspace'],
  { id, roles }: Place,
): Promise<Finding | null> {
  const found = await workspace.person(id);
  if (found === null) {
    return problem(name, {
      what: `Nobody has the id ${id} (role ${roles}).`,
      why: 'Slack knows nobody of this id in this workspace.',
      fix: 'Correct the id in the policy file: profile, ⋮, Copy member ID.',
    });
  }
  if (found.standing === 'member') return null;
  return warning(name, {
    what: `${found.name} (${id}, role ${roles}) ${CANNOT[found.standing] ?? 'is no full member'}.`,
    why: 'Only active full members can ask or agree, whatever the policy says.',
    fix: 'Take the id out of the policy file, or put a full member in its place.',
  });
}

async function group(
  workspace: Examined['workspace'],
  { id, roles }: Place,
): Promise<Finding | null> {
  const found = await workspace.group(id);
  if (found === null || found.disabled) {
    return problem(name, {
      what: `The user group ${found === null ? id : `@${found.handle} (${id})`} of the role ${roles} is ${found === null ? 'not there' : 'disabled'}.`,
      why: 'Nobody has the role through it.',
      fix: 'Correct the id in the policy file, or enable the group in Slack.',
    });
  }
  if (found.users.length > 0) return null;
  return warning(name, {
    what: `The user group @${found.handle} (${id}) of the role ${roles} is empty.`,
    why: 'Nobody has the role through it.',
    fix: 'Add people to the group in Slack.',
  });
}
