import { describe, expect, it } from '@jest/globals';
import { problemsOf } from './problems-of.js';

const policy = (example: string): string =>
  [
    'version: 1',
    'roles: { admin: { users: [U0A, U0B] }, curator: { usergroups: [S0C] } }',
    'actions:',
    '  register: { may: [admin] }',
    '  grant: { may: [everyone], approve: { by: [curator, admin], unless: [admin] } }',
    'services: [{ match: "ePIC*", actions: { grant: { may: [curator], approve: { by: [admin], count: 2 } } } }]',
    'expect:',
    `  - ${example}`,
  ].join('\n');

describe('examples under expect', () => {
  it.each([
    '{ who: U0A, action: register, then: allowed }',
    '{ who: U0A, action: grant, service: DataCite, then: allowed }',
    '{ who: U0X, action: register, then: refused }',
    '{ who: U0X, action: grant, service: DataCite, then: { needs: 1 } }',
    '{ who: U0X, action: grant, service: DataCite, then: { needs: 1, by: [admin, curator] } }',
    '{ who: U0X, action: grant, service: epic prod, then: refused }',
    '{ who: U0X, usergroups: [S0C], action: grant, service: ePIC prod, then: { needs: 2, by: [admin] } }',
    '{ who: U0A, action: unregister, service: DataCite, then: refused }',
  ])('come out as said: %s', (example) => {
    expect(problemsOf(policy(example))).toEqual([]);
  });

  it.each([
    [
      '{ who: U0X, action: register, then: allowed }',
      'U0X register comes out as refused (actions.register.may), not as allowed',
    ],
    [
      '{ who: U0A, action: register, then: refused }',
      'U0A register comes out as allowed (actions.register.may), not as refused',
    ],
    [
      '{ who: U0A, action: audit, then: allowed }',
      'U0A audit comes out as refused (actions.audit), not as allowed',
    ],
    [
      '{ who: U0X, action: grant, service: DataCite, then: { needs: 2 } }',
      'U0X grant on “DataCite” comes out as needs 1 by curator, admin (actions.grant.approve), not as needs 2',
    ],
    [
      '{ who: U0X, action: grant, service: DataCite, then: { needs: 1, by: [admin] } }',
      'U0X grant on “DataCite” comes out as needs 1 by curator, admin (actions.grant.approve), not as needs 1 by admin',
    ],
    [
      '{ who: U0X, action: grant, service: ePIC prod, then: { needs: 1 } }',
      'U0X grant on “ePIC prod” comes out as refused (services[ePIC*].actions.grant.may), not as needs 1',
    ],
  ])('are a problem at their line where they do not: %s', (example, problem) => {
    expect(problemsOf(policy(example))).toEqual([`8:5 expect[0]: ${problem}`]);
  });
});
