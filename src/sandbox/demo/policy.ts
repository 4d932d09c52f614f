import { channels } from './people.js';

/** The demo's allowlist: what `policy.example.yml` explains, for the five people. */
export const policy = `version: 1
roles:
  admin: { users: [U0ADA] }
  curator: { users: [U0CORA] }
actions:
  register: { may: [admin, curator], approve: { by: [admin], count: 1, unless: [admin] } }
  grant: { may: [everyone], approve: { by: [curator, admin], count: 1, unless: [curator, admin] } }
  revoke: { may: [admin, curator] }
  extend: { may: [everyone], approve: { by: [curator, admin], count: 1, unless: [curator, admin] } }
  link: { may: [admin, curator] }
grants:
  durations: [90d, 7d, 8h, 365d]
  max: 365d
  levels: [use, maintain]
requests:
  lapse_after: 7d
accounts:
  datacite-test: { username: "env:DATACITE_USER", password: "env:DATACITE_PASSWORD" }
  epic: { username: "env:EPIC_USER", password: "env:EPIC_PASSWORD" }
notify:
  grants: ${channels.team.id}
  approvals: ${channels.desk.id}
  operators: ${channels.operators.id}
identity:
  email: propose
`;

/** What demos of version 0.1.0 wrote: nobody has chosen it, so it may be replaced. */
export const earlierPolicy = policy
  .split('\n')
  .filter((line) => !/^ {2}(revoke|extend):/.test(line))
  .join('\n');
