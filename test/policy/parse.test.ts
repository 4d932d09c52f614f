import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../src/policy/parse.js';
import { PolicyError } from '../../src/policy/parse.js';
import { problemsOf } from './problems-of.js';

const days = (count: number): number => count * 86_400_000;
const example = (): string => readFileSync('policy.example.yml', 'utf8');
const smallest = 'version: 1\nactions: {}\n';

describe('parsePolicy', () => {
  it('fills in what a small file leaves out', () => {
    expect(parsePolicy(smallest)).toEqual({
      policy: {
        roles: {},
        actions: {},
        services: [],
        grants: { durations: ['7d', '90d', '365d'], max: days(365), levels: ['use', 'maintain'] },
        requests: { lapseAfter: days(7), remindAfter: days(1), escalate: null },
        accounts: {},
        notify: { grants: null, approvals: null, operators: null },
        identity: { email: 'propose' },
      },
      expect: [],
      warnings: [],
    });
  });

  it('reads the example, whose examples all come out as said', () => {
    const { policy, expect: examples, warnings } = parsePolicy(example());
    expect(warnings).toEqual([]);
    expect(examples.length).toBeGreaterThanOrEqual(7);
    expect(policy).toMatchSnapshot();
  });

  it.each(['audit', 'doctor', 'review'])(
    'refuses approve for %s, which changes nothing, and says where it stands',
    (action) => {
      const file = `version: 1\nroles: { a: { users: [U0A] } }\nactions:\n  ${action}:\n    may: [a]\n    approve: { by: [a] }\n`;
      expect(problemsOf(file)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^6:14 actions\\.${action}\\.approve: “${action}” changes nothing, so there is nothing to agree to: leave approve out$`,
          ),
        ),
      ]);
    },
  );

  it('lets out no reminder that would come too late by its default', () => {
    const short = parsePolicy(`${smallest}requests: { lapse_after: 8h }`);
    expect(short.policy.requests.remindAfter).toBeNull();
    const never = parsePolicy(`${smallest}requests: { remind_after: never }`);
    expect(never.policy.requests.remindAfter).toBeNull();
  });

  it.each([
    ['[8h, 90d]', days(90)],
    ['[90d, permanent]', null],
    ['[permanent]', null],
  ])('limits grants of %s without a max by the longest', (durations, max) => {
    const { policy } = parsePolicy(`${smallest}grants: { durations: ${durations} }`);
    expect(policy.grants.max).toBe(max);
  });

  it('lets a limit stand beside permanent, for those who choose a day', () => {
    const { policy } = parsePolicy(`${smallest}grants: { durations: [permanent], max: P2W }`);
    expect(policy.grants).toMatchObject({ durations: ['permanent'], max: days(14) });
  });

  it.each<[string, string, readonly string[]]>([
    ['nothing at all', '', ['1:1 must be keys and values']],
    ['a list', '- a', ['1:1 must be keys and values']],
    ['no version', 'actions: {}', ['1:1 version: is missing']],
    ['another version', 'version: 2\nactions: {}', ['1:10 version: must be 1']],
    ['no actions', 'version: 1', ['1:1 actions: is missing']],
    [
      'broken YAML',
      'version: 1\nactions: {',
      ['2:11 Flow map in block collection must be sufficiently indented and end with a }'],
    ],
    ['a key twice', 'version: 1\nactions: {}\nversion: 1', ['3:1 Map keys must be unique']],
    [
      'two documents',
      `${smallest}---\n${smallest}`,
      ['3:1 Source contains multiple documents; please use YAML.parseAllDocuments()'],
    ],
    [
      'an unknown key',
      `${smallest}role: {}`,
      ['3:1 role: unknown key “role”; did you mean “roles”?'],
    ],
    [
      'several unknown keys',
      `versoin: 1\n${smallest}grnats: {}\nzzzzzz: 1`,
      [
        '1:1 versoin: unknown key “versoin”; did you mean “version”?',
        '4:1 grnats: unknown key “grnats”; did you mean “grants”?',
        '5:1 zzzzzz: unknown key “zzzzzz”; known are version, roles, actions, grants, requests, services, accounts, notify, identity, expect',
      ],
    ],
    [
      'an unknown key deep inside',
      'version: 1\nactions:\n  grant:\n    may: [everyone]\n    aprove: {}',
      ['5:5 actions.grant.aprove: unknown key “aprove”; did you mean “approve”?'],
    ],
    [
      'an unknown action',
      'version: 1\nactions: { grants: { may: [] } }',
      ['2:12 actions.grants: unknown key “grants”; did you mean “grant”?'],
    ],
    [
      'an unknown role in may',
      'version: 1\nroles: { curator: {users: [U0A]} }\nactions: { revoke: { may: [curatr] } }',
      ['3:28 actions.revoke.may[0]: unknown role “curatr”; did you mean “curator”?'],
    ],
    [
      'unknown roles in by and unless',
      'version: 1\nactions:\n  grant: { may: [everyone], approve: { by: [x1], unless: [everyone, y2] } }',
      [
        '3:45 actions.grant.approve.by[0]: unknown role “x1”; known are everyone',
        '3:69 actions.grant.approve.unless[1]: unknown role “y2”; known are everyone',
      ],
    ],
    [
      'an unknown role to escalate to',
      `${smallest}requests: { escalate: { after: 1d, to: [boss] } }`,
      ['3:41 requests.escalate.to[0]: unknown role “boss”; known are everyone'],
    ],
    [
      'an unknown role in a narrower rule',
      `${smallest}services:\n  - { match: a, actions: { grant: { may: [boss] } } }`,
      ['4:43 services[0].actions.grant.may[0]: unknown role “boss”; known are everyone'],
    ],
    [
      'an unknown role in an example',
      `${smallest}expect:\n  - { who: U0A, action: grant, then: { needs: 1, by: [boss] } }`,
      ['4:55 expect[0].then.by[0]: unknown role “boss”; known are everyone'],
    ],
    [
      'everyone defined anew',
      `${smallest}roles: { everyone: { users: [U0A] } }`,
      ['3:20 roles.everyone: “everyone” is built in and cannot be defined'],
    ],
    [
      'a role that is no word',
      `${smallest}roles: { "my role": {} }`,
      ['3:10 roles.my role: the key must be the name of a role: letters, digits, - and _'],
    ],
    [
      'ids that are none',
      `${smallest}roles: { a: { users: ["@lena", C0A], usergroups: [U0A] } }\nnotify: { grants: "#team", approvals: U0A }`,
      [
        '3:23 roles.a.users[0]: must be the id of a Slack user, such as U024BE7LH (profile, ⋮, Copy member ID)',
        '3:32 roles.a.users[1]: must be the id of a Slack user, such as U024BE7LH (profile, ⋮, Copy member ID)',
        '3:51 roles.a.usergroups[0]: must be the id of a Slack user group, such as S0604QSJC',
        '4:19 notify.grants: must be the id of a channel, such as C024BE91L (it stands at the end of the channel’s details)',
        '4:39 notify.approvals: must be the id of a channel, such as C024BE91L (it stands at the end of the channel’s details)',
      ],
    ],
    [
      'one where a list should be',
      'version: 1\nactions: { revoke: { may: everyone } }',
      ['2:27 actions.revoke.may: must be a list: [one, two]'],
    ],
    [
      'durations that are none',
      `${smallest}grants: { durations: [3m, 0d, 90, P1Y], max: forever }`,
      [
        ...[23, 27, 31, 35].map(
          (column, index) =>
            `3:${column} grants.durations[${index}]: must be a duration such as 8h, 7d, 2w or P1DT12H, longer than nothing, or permanent`,
        ),
        '3:46 grants.max: must be a duration such as 8h, 7d, 2w or P1DT12H, longer than nothing',
      ],
    ],
    [
      'a duration longer than the limit',
      `${smallest}grants: { durations: [90d, 365d, permanent], max: 180d }`,
      ['3:28 grants.durations[1]: is longer than grants.max, which is 180d'],
    ],
    [
      'the same duration twice',
      `${smallest}grants: { durations: [7d, P1W, permanent, permanent] }`,
      [
        '3:27 grants.durations[1]: is the same as “7d” before it',
        '3:43 grants.durations[3]: is the same as “permanent” before it',
      ],
    ],
    [
      'no duration and no level',
      `${smallest}grants: { durations: [], levels: [] }`,
      [
        '3:22 grants.durations: must name at least one duration',
        '3:34 grants.levels: must name at least one level',
      ],
    ],
    [
      'an unknown level',
      `${smallest}grants: { levels: [use, mantain] }`,
      ['3:25 grants.levels[1]: unknown level “mantain”; did you mean “maintain”?'],
    ],
    [
      'escalation and reminder after it lapsed',
      `${smallest}requests: { lapse_after: 1d, remind_after: 24h, escalate: { after: 2d, to: [everyone] } }`,
      [
        '3:44 requests.remind_after: would come after the request has lapsed (lapse_after: 1d)',
        '3:68 requests.escalate.after: would come after the request has lapsed (lapse_after: 1d)',
      ],
    ],
    [
      'a rule for one service about what concerns none',
      `${smallest}services: [{ match: a, actions: { register: { may: [] } } }]`,
      [
        '3:35 services[0].actions.register: “register” is not about one service and can stand only under the actions at the top',
      ],
    ],
    [
      'a count of nobody',
      'version: 1\nactions: { grant: { may: [everyone], approve: { by: [everyone], count: 0 } } }',
      ['2:72 actions.grant.approve.count: must be at least 1'],
    ],
    [
      'nobody who agrees',
      'version: 1\nactions: { grant: { may: [everyone], approve: { by: [] } } }',
      ['2:53 actions.grant.approve.by: must name at least one role'],
    ],
    [
      'an unknown way with e-mail',
      `${smallest}identity: { email: thrust }`,
      ['3:20 identity.email: unknown way “thrust”; did you mean “trust”?'],
    ],
    [
      'an example that is none',
      `${smallest}expect: [{ who: U0A, action: grant, then: maybe }]`,
      ['3:43 expect[0].then: must be allowed, refused, or { needs: 2, by: [role] }'],
    ],
  ])('says of %s where it stands and what is wrong', (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('says everything at once, shapes and meanings, in the order of the file', () => {
    const text = [
      'version: 1',
      'roles: { admin: { users: [U0A] } }',
      'actions:',
      '  revoke: { may: [admn] }',
      'grants: { durations: [365d], max: 90d, level: use }',
      'requests: { lapse_after: 1d, escalate: { after: 2d, to: [admin] } }',
      'accounts: { a: { username: me, password: "env:PW" } }',
    ].join('\n');
    expect(problemsOf(text).map((it) => it.split(': ')[0])).toEqual([
      '4:19 actions.revoke.may[0]',
      '5:40 grants.level',
      '6:49 requests.escalate.after',
      '7:28 accounts.a.username',
    ]);
  });

  it('does not call a role unknown when it is the roles that cannot be read', () => {
    const text = 'version: 1\nroles: { a: [U0A] }\nactions: { revoke: { may: [a] } }';
    expect(problemsOf(text)).toEqual(['2:13 roles.a: must be keys and values']);
  });

  it('never repeats a password that someone wrote into the file', () => {
    const text = `${smallest}accounts:\n  a: { username: canary-user, password: canary-pw }\n  b: { username: "env:1", password: "file:relative" }`;
    const why =
      'must be a reference, env:NAME or file:/absolute/path. Never write a user name or password into this file; if a real one was saved here, change it at the registrar';
    expect(problemsOf(text)).toEqual([
      `4:18 accounts.a.username: ${why}`,
      `4:41 accounts.a.password: ${why}`,
      `5:18 accounts.b.username: ${why}`,
      `5:37 accounts.b.password: ${why}`,
    ]);
  });

  it('puts a problem behind an alias where its anchor stands', () => {
    const text = 'version: 1\nactions:\n  grant: &rule { may: [nobody] }\n  extend: *rule';
    expect(problemsOf(text)).toEqual([
      '3:24 actions.grant.may[0]: unknown role “nobody”; known are everyone',
      '3:24 actions.extend.may[0]: unknown role “nobody”; known are everyone',
    ]);
  });

  it('does not unfold a bomb of aliases', () => {
    const list = Array.from({ length: 9 }, (_, index) => {
      const before = index === 0 ? 'lol' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
    });
    expect(problemsOf(list.join('\n'))).toEqual([
      '1:1 Excessive alias count indicates a resource exhaustion attack',
    ]);
  });

  it('throws nothing but PolicyError, whatever it is given', () => {
    const lines = example().split('\n');
    const spoiled = fc
      .tuple(fc.nat(lines.length - 1), fc.nat(60), fc.string({ maxLength: 5 }))
      .map(([line, column, text]) =>
        lines
          .map((it, at) => (at === line ? it.slice(0, column) + text + it.slice(column + 1) : it))
          .join('\n'),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string(), spoiled), (text) => {
        try {
          parsePolicy(text);
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          for (const problem of error.problems) expect(problem).toMatch(/^[1-9]\d*:[1-9]\d* \S/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('warns of what is allowed and hardly meant', () => {
    const text = [
      'version: 1',
      'roles: { empty: {} }',
      'actions:',
      '  grant: { may: [everyone], approve: { by: [everyone], unless: [everyone] } }',
      'services: [{ match: a }, { match: A }]',
    ].join('\n');
    expect(parsePolicy(text).warnings).toEqual([
      '2:17 roles.empty: nobody has this role',
      '4:65 actions.grant.approve.unless[0]: “everyone” here means that nobody’s agreement is ever needed',
      '5:35 services[1].match: services[0] has the same match; for an action that both rule, the first wins',
    ]);
  });
});

describe('the policy file of a newcomer with one administrator', () => {
  it('is taken, with a word about what can never be agreed to', () => {
    const text = `version: 1
roles:
  admin: { users: [U0ADMIN01] }
actions:
  unregister: { may: [admin], approve: { by: [admin], count: 2 } }
`;
    expect(parsePolicy(text).warnings).toEqual([
      '5:62 actions.unregister.approve.count: needs 2 who agree, but 0 at most could, because nobody agrees to their own request',
    ]);
  });
});

describe('agreement that can never come together', () => {
  const withRule = (rule: string, more = ''): string =>
    `version: 1\nroles:\n  one: { users: [U0A] }\n  two: { users: [U0A, U0B] }\n  other: { users: [U0C] }\n  open: { users: [U0A], usergroups: [S0A] }\nactions: { grant: ${rule} }\n${more}`;

  it.each([
    [
      '{ may: [everyone], approve: { by: [one], count: 2 } }',
      'needs 2 who agree, but 1 at most could',
    ],
    ['{ may: [open], approve: { by: [one], count: 2 } }', 'needs 2 who agree, but 1 at most could'],
    [
      '{ may: [other], approve: { by: [one, two], count: 3 } }',
      'needs 3 who agree, but 2 at most could',
    ],
    [
      '{ may: [two], approve: { by: [two], count: 2 } }',
      'needs 2 who agree, but 1 at most could, because nobody agrees to their own request',
    ],
    [
      '{ may: [one], approve: { by: [one] } }',
      'needs 1 who agree, but 0 at most could, because nobody agrees to their own request',
    ],
  ])('is warned about: %s', (rule, why) => {
    const { warnings } = parsePolicy(withRule(rule));
    expect(warnings.map((it) => it.replace(/^\S+ /, ''))).toEqual([
      `actions.grant.approve.count: ${why}`,
    ]);
  });

  it.each([
    '{ may: [everyone], approve: { by: [two], count: 2 } }',
    '{ may: [two], approve: { by: [two], count: 1 } }',
    '{ may: [two, other], approve: { by: [two], count: 2 } }',
    '{ may: [everyone], approve: { by: [open], count: 5 } }',
    '{ may: [everyone], approve: { by: [everyone], count: 5 } }',
    '{ may: [one], approve: { by: [one], count: 5, unless: [one] } }',
    '{ may: [one], approve: { by: [one], count: 5, unless: [two] } }',
    '{ may: [], approve: { by: [one], count: 1 } }',
  ])('is not seen in %s', (rule) => {
    expect(parsePolicy(withRule(rule)).warnings).toEqual([]);
  });

  it('counts those to whom it is escalated', () => {
    const rule = '{ may: [everyone], approve: { by: [one], count: 2 } }';
    const more = 'requests: { escalate: { after: 1d, to: [other] } }';
    expect(parsePolicy(withRule(rule, more)).warnings).toEqual([]);
  });
});
