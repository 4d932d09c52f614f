import { describe, expect, it } from '@jest/globals';
import { explain } from '../../src/policy/explain.js';
import { parsePolicy } from '../../src/policy/parse.js';
import type { Actor } from '../../src/requests/person.js';

const { policy } = parsePolicy(`
version: 1
roles: { admin: { users: [U0A, U0B] }, curator: { usergroups: [S0C] } }
actions:
  register: { may: [admin] }
  grant: { may: [everyone], approve: { by: [curator, admin], unless: [admin] } }
services:
  - { match: "ePIC*", actions: { revoke: { may: [admin] } } }
  - { match: "*prod", actions: { grant: { may: [everyone], approve: { by: [admin], count: 2 } } } }
  - { match: "never looked at" }
`);
const someone = (more: Partial<Actor> = {}): Actor => ({
  id: 'U0X',
  standing: 'member',
  usergroups: [],
  onezone: [],
  linkedBy: [],
  ...more,
});

describe('explain', () => {
  it('lists each rule that was looked at, down to the one that decides', () => {
    const service = { id: 'a1', name: 'ePIC prod' };
    expect(explain(policy, someone(), 'grant', service)).toEqual([
      'U0X is a member with the roles everyone.',
      'services[0] “ePIC*” matches “ePIC prod” and has no rule for grant.',
      'services[1] “*prod” matches “ePIC prod” and has a rule for grant.',
      'services[*prod].actions.grant decides.',
      'may [everyone]: yes, through everyone.',
      'approve.unless []: no.',
      'approve.by [admin]: 2, and never the requester or a beneficiary.',
      'Allowed once 2 of admin agree, by services[*prod].actions.grant.approve.',
    ]);
  });

  it('says by which role someone needs no agreement', () => {
    const service = { id: 'a1', name: 'DataCite' };
    expect(explain(policy, someone({ id: 'U0A' }), 'grant', service)).toEqual([
      'U0A is a member with the roles everyone, admin.',
      'services[0] “ePIC*” does not match “DataCite”.',
      'services[1] “*prod” does not match “DataCite”.',
      'services[2] “never looked at” does not match “DataCite”.',
      'actions.grant decides.',
      'may [everyone]: yes, through everyone.',
      'approve.unless [admin]: yes, through admin.',
      'approve.by [curator, admin]: 1, and never the requester or a beneficiary.',
      'Allowed, by actions.grant.approve.unless.',
    ]);
  });

  it('says what is missing', () => {
    expect(explain(policy, someone({ usergroups: ['S0C'] }), 'register', null)).toEqual([
      'U0X is a member with the roles everyone, curator.',
      'actions.register decides.',
      'may [admin]: no.',
      'approve: not demanded.',
      'Refused, by actions.register.may: You may not register: the policy lets only admin do that. Ask someone with the role admin.',
    ]);
  });

  it('says that an action is not in the file', () => {
    expect(explain(policy, someone(), 'audit', null)).toEqual([
      'U0X is a member with the roles everyone.',
      'actions.audit decides, and it is not in the file.',
      'Refused, by actions.audit: The policy lets nobody audit. An administrator can add `actions.audit` to the policy file.',
    ]);
  });

  it('says that a guest has no role', () => {
    expect(explain(policy, someone({ standing: 'guest' }), 'register', null)).toEqual([
      'U0X is a guest with no role.',
      'actions.register decides.',
      'Refused: Guests of this workspace can neither ask nor agree. Ask a full member to make the request for you; a request can name you as the person who gets access.',
    ]);
  });
});
