import fc from 'fast-check';
import { OnezoneUnreachable } from '../../src/onezone/errors.js';
import { createdId, parseReply, readJson, rejectHtml } from '../../src/onezone/reply.js';
import * as schemas from '../../src/onezone/schemas.js';
import { parsePolicy, PolicyError } from '../../src/policy/parse.js';
import { json, nearly, text } from './inputs.js';
import { must, orRefuses, type Property, property } from './property.js';

const replies = nearly({
  handleServiceId: fc.constantFrom('abc', '..', ''),
  name: text,
  proxyEndpoint: text,
  serviceProperties: json('type', 'prefix'),
  creator: json('type'),
  creationTime: fc.double(),
  handle_services: fc.array(text, { maxLength: 3 }),
  users: fc.array(text, { maxLength: 3 }),
  privileges: fc.array(text, { maxLength: 3 }),
  member: fc.array(text, { maxLength: 3 }),
  admin: fc.array(text, { maxLength: 3 }),
  version: text,
  userId: fc.constantFrom('abc', '..'),
  emails: fc.option(fc.array(text, { maxLength: 2 })),
  linkedAccounts: fc.array(nearly({ idp: text, emails: fc.array(text, { maxLength: 2 }) })),
  subject: json('type'),
  caveats: json('type', 'validUntil'),
  error: nearly({ id: text, details: json('key', 'authError', 'caveat', 'tokenError', 'details') }),
});
const readers = [
  schemas.configuration,
  schemas.vocabulary,
  schemas.handleServiceList,
  schemas.userList,
  schemas.privileges,
  schemas.handleService,
  schemas.publicHandleService,
  schemas.zoneUser,
  schemas.verifiedToken,
  schemas.examinedToken,
  schemas.errorBody,
];
const call = { method: 'GET', path: '/x', write: false };

const lines = [
  ...['version: 1', 'roles:', '  admin: { users: [U0ADA] }', '  x: &a [*a, *a]', 'actions:'],
  ...[
    '  grant: { may: [everyone], approve: { by: [admin], count: 1 } }',
    '  grant: { may: [nobody] }',
  ],
  ...['grants: { durations: [90d, permanent], levels: [use] }', 'services: [{ match: "*" }]'],
  ...[
    'notify: { approvals: C0DESK }',
    'expect:',
    '  - { who: U0ADA, action: grant, decision: allowed }',
  ],
  ...['identity: { email: trust }', 'accounts: { a: { username: "env:X", password: "file:/y" } }'],
  ...[
    '__proto__: { may: [] }',
    '<<: *a',
    '? a',
    ': b',
    '---',
    '- ',
    '\t',
    '!!binary x',
    '!!js/x y',
  ],
] as const;
const policies = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...lines), weight: 4 }, text), { maxLength: 9 })
  .map((all) => all.join('\n'));

/** What comes from Onezone, and from the operators' file. */
export const outsideProperties: readonly Property[] = [
  property(
    'an answer of Onezone',
    fc.oneof(
      text,
      replies.map((it) => JSON.stringify(it)),
    ),
    (said) => {
      const reply = { status: 200, location: said, text: said };
      for (const schema of readers) {
        orRefuses(() => parseReply(call, reply, schema), OnezoneUnreachable);
      }
      orRefuses(() => {
        rejectHtml(call, reply);
      }, OnezoneUnreachable);
      const id = orRefuses(() => createdId(call, reply), OnezoneUnreachable);
      must(id === undefined || schemas.isOnezoneId(id), 'this is no id');
      readJson(said);
    },
  ),
  property('a policy file', policies, (file) => {
    try {
      parsePolicy(file);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      must(error.problems.length > 0, 'refused, and not said why');
      must(
        error.problems.every((it) => /^\d+:\d+ /.test(it)),
        `without a line and column: ${error.problems.join('; ')}`,
      );
    }
  }),
];
