import type { Named } from './in-slack.js';

export interface PolicyAnswers {
  readonly admins: readonly Named[];
  readonly curators: readonly Named[];
  readonly curatorGroups: readonly Named[];
  readonly grants: Named | null;
  readonly approvals: Named | null;
  readonly operators: Named | null;
}

/** A first policy: everybody may ask, curators and administrators agree. Everything else is for an editor. */
export function policyText(answers: PolicyAnswers): string {
  const hasCurators = answers.curators.length + answers.curatorGroups.length > 0;
  const all = hasCurators ? '[curator, admin]' : '[admin]';
  return `# yaml-language-server: $schema=./policy.schema.json
#
# Who may do what with Handle Desk. What is not allowed here, nobody may do. policy.example.yml explains every setting;
# npx handle-desk policy check says what is wrong. Read again as soon as it changes.

version: 1

roles:
  admin: { users: ${ids(answers.admins)} }${names(answers.admins)}
${hasCurators ? curatorRole(answers) : '  # curator: { users: [U…], usergroups: [S…] }\n'}
# may: who asks. approve: who has to agree; unless: whose own wish needs nobody. Nobody agrees to their own request.
actions:
  register: { may: ${all}, approve: { by: [admin], count: 1, unless: [admin] } }
  grant: { may: [everyone], approve: { by: ${all}, count: 1, unless: ${all} } }
  revoke: { may: ${all} }
  extend: { may: [everyone], approve: { by: ${all}, count: 1, unless: ${all} } }
  link: { may: ${all} }
  doctor: { may: [admin] }

grants:
  durations: [8h, 7d, 90d, 365d]
  max: 365d
  levels: [use, maintain]

# Channels, by id. The bot has to be in each of them.
notify:
${channel('grants', answers.grants, 'new grants are announced here')}${channel('approvals', answers.approvals, 'requests wait here for agreement; left out: a direct message to each approver')}${channel('operators', answers.operators, 'what an operator has to look at')}
# Registrar accounts, by reference: env:NAME is a variable of the bot, file:/path a file that it can read.
# accounts:
#   datacite: { username: 'env:DATACITE_USER', password: 'env:DATACITE_PASSWORD' }

# Which Onezone user somebody is: propose whoever has the same e-mail address, and an approver confirms it.
identity:
  email: propose
`;
}

const ids = (all: readonly Named[]): string => `[${all.map(({ id }) => id).join(', ')}]`;

/** Names go into comments: nothing of them may end the line. */
const names = (all: readonly Named[]): string =>
  all.length === 0 ? '' : ` # ${all.map(({ name }) => clean(name)).join(', ')}`;

const clean = (name: string): string => name.replaceAll(/[^\p{L}\p{N} ._@-]/gu, ' ').trim();

function curatorRole({ curators, curatorGroups }: PolicyAnswers): string {
  const parts = [
    ...(curators.length === 0 ? [] : [`users: ${ids(curators)}`]),
    ...(curatorGroups.length === 0 ? [] : [`usergroups: ${ids(curatorGroups)}`]),
  ];
  return `  curator: { ${parts.join(', ')} }${names([...curators, ...curatorGroups])}\n`;
}

const channel = (key: string, named: Named | null, why: string): string =>
  named === null
    ? `  # ${key}: C… # ${why}\n`
    : `  ${key}: ${named.id} # #${clean(named.name)}: ${why}\n`;
