import { z } from 'zod';
import { nearest } from '../nearest.js';
import { parseDuration } from '../requests/duration.js';
import { Level } from '../requests/level.js';
import { type Action, ACTIONS } from '../requests/policy.js';

/**
 * The policy file as written. No defaults or transformations, as the JSON Schema for editors is generated from it;
 * `to-policy.ts` fills in the defaults.
 */
const map = <S extends z.ZodRawShape>(
  shape: S,
  unknownKey = (key: string) => unknownWord('key', key, Object.keys(shape)),
): z.ZodObject<S, z.core.$strict> =>
  z.strictObject(shape, {
    // One line per key, in the order of `issue.keys`: `parse.ts` gives each its own position.
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(unknownKey).join('\n')
        : kindOf(issue, 'keys and values'),
  });

/** `unknown role “curatr”; did you mean “curator”?`, or a list of all known words if none is similar. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known, Math.max(1, Math.floor(word.length / 3)));
  const hint = near === null ? `known are ${known.join(', ')}` : `did you mean “${near}”?`;
  return `unknown ${what} “${word}”; ${hint}`;
}

const kindOf = (issue: { readonly input?: unknown }, what: string): string =>
  issue.input === undefined ? 'is missing' : `must be ${what}`;

const text = (what: string, pattern: RegExp): z.ZodString =>
  z.string({ error: (issue) => kindOf(issue, what) }).regex(pattern, `must be ${what}`);
const list = <T extends z.ZodType>(item: T): z.ZodArray<T> =>
  z.array(item, { error: (issue) => kindOf(issue, 'a list: [one, two]') });
/** A map with free keys. Zod's own message for an invalid key would not say why. */
const table = <T extends z.ZodType>(key: z.ZodString, value: T): z.ZodRecord<z.ZodString, T> =>
  z.record(key, value, {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? `the key ${issue.issues.map(({ message }) => message).join(', ')}`
        : kindOf(issue, 'keys and values'),
  });
const word = <const T extends readonly string[]>(what: string, words: T) =>
  z.enum(words, {
    error: (issue) =>
      typeof issue.input === 'string'
        ? unknownWord(what, issue.input, words)
        : kindOf(issue, `one of ${words.join(', ')}`),
  });

const user = text(
  'the id of a Slack user, such as U024BE7LH (profile, ⋮, Copy member ID)',
  /^[UW][A-Z0-9]{2,20}$/,
);
const usergroup = text('the id of a Slack user group, such as S0604QSJC', /^S[A-Z0-9]{2,20}$/);
const channel = text(
  'the id of a channel, such as C024BE91L (it stands at the end of the channel’s details)',
  /^[CG][A-Z0-9]{2,20}$/,
);

/** For editors only, and looser than `parseDuration`, which decides. */
const DURATION_PATTERN = /^(\d+[hdw]|P[0-9WDTHM]+)$/;
const isDuration = (text: string): boolean => parseDuration(text) !== null;
const DURATION_WORDS = 'a duration such as 8h, 7d, 2w or P1DT12H, longer than nothing';
const duration = z
  .string({ error: (issue) => kindOf(issue, DURATION_WORDS) })
  .refine(isDuration, `must be ${DURATION_WORDS}`)
  .meta({ pattern: DURATION_PATTERN.source });
const durationOr = (other: 'permanent' | 'never') =>
  z
    .string({ error: (issue) => kindOf(issue, `${DURATION_WORDS}, or ${other}`) })
    .refine(
      (value) => value === other || isDuration(value),
      `must be ${DURATION_WORDS}, or ${other}`,
    )
    .meta({ pattern: `${DURATION_PATTERN.source}|^${other}$` });

const roleName = text('the name of a role: letters, digits, - and _', /^[A-Za-z][\w-]{0,40}$/);
const roles = list(roleName);

const rule = map({
  may: roles.describe('Roles that may ask.'),
  approve: map({
    by: roles.min(1, 'must name at least one role').describe('Roles whose members can agree.'),
    count: z
      .int({ error: (issue) => kindOf(issue, 'a whole number') })
      .min(1, 'must be at least 1')
      .max(20, 'must be at most 20')
      .optional()
      .describe('How many different people have to agree. 1 when not said.'),
    unless: roles.optional().describe('Roles that need nobody’s agreement.'),
  })
    .optional()
    .describe('Who must agree. Left out: nobody has to.'),
});

const rules = (actions: readonly Action[]) =>
  map(
    Object.fromEntries(actions.map((action) => [action, rule.optional()])),
    // Otherwise “register” would get “did you mean unregister?”.
    (key) =>
      ACTIONS.some((action) => action === key)
        ? `“${key}” is not about one service and can stand only under the actions at the top`
        : unknownWord('key', key, actions),
  );

/** Actions on one service; only these can have rules per service. */
const SERVICE_ACTIONS = [
  'grant',
  'revoke',
  'extend',
  'update',
  'rotate',
  'unregister',
  'review',
] as const satisfies readonly Action[];

const name = text('a name of one to 75 characters', /^\S(.{0,73}\S)?$/u);

/** Problems never quote the value: it may be a password. */
const reference = z
  .string({ error: (issue) => kindOf(issue, 'env:NAME or file:/absolute/path, in quotes') })
  .regex(
    /^(env:[A-Za-z_][A-Za-z0-9_]*|file:\/.+)$/,
    'must be a reference, env:NAME or file:/absolute/path. Never write a user name or password into this file; if a real one was saved here, change it at the registrar',
  );

const serviceRule = map({
  match: text(
    'the name or id of a handle service; * stands for any characters',
    /^\S(.{0,253}\S)?$/u,
  ).describe('Name or id of the services; * stands for any characters, capitals do not matter.'),
  actions: rules(SERVICE_ACTIONS)
    .optional()
    .describe('Rules that win over those at the top, for these services.'),
  notify: channel.optional().describe('Channel that hears of new grants instead of notify.grants.'),
});

const expectation = map({
  who: user.describe('The id of the person of the example.'),
  usergroups: list(usergroup).optional().describe('Slack user groups that this person is in.'),
  action: word('action', ACTIONS).describe('What this person asks for.'),
  service: name.optional().describe('The handle service that it is about.'),
  then: z
    .union(
      [
        z.enum(['allowed', 'refused']),
        map({ needs: z.int().min(1), by: list(roleName).optional() }),
      ],
      { error: 'must be allowed, refused, or { needs: 2, by: [role] }' },
    )
    .describe(
      'What must come out: allowed at once, refused, or how many must agree and in which roles.',
    ),
});

export const PolicyFile = map({
  version: z
    .literal(1, { error: (issue) => kindOf(issue, '1') })
    .describe('The version of this format.'),
  roles: table(
    roleName,
    map({
      users: list(user).optional().describe('Slack user ids.'),
      usergroups: list(usergroup).optional().describe('Ids of Slack user groups.'),
    }),
  )
    .optional()
    .describe('Who is what. Built in: everyone, all active full members of the workspace.'),
  actions: rules(ACTIONS).describe('The allowlist: what is not here, nobody may.'),
  grants: map({
    durations: list(durationOr('permanent'))
      .min(1, 'must name at least one duration')
      .max(20, 'must name at most 20 durations')
      .optional()
      .describe(
        'Durations that the form offers; permanent only if it is listed. 7d, 90d and 365d when not said.',
      ),
    max: duration
      .optional()
      .describe(
        'The longest end that can be asked for. The longest duration when not said, or none with permanent.',
      ),
    levels: list(word('level', Level.options))
      .min(1, 'must name at least one level')
      .optional()
      .describe('Levels that can be asked for. use and maintain when not said.'),
  })
    .optional()
    .describe('What a grant may be.'),
  requests: map({
    lapse_after: duration
      .optional()
      .describe('Unanswered for so long, a request lapses. 7d when not said.'),
    remind_after: durationOr('never')
      .optional()
      .describe('When the approvers are reminded, or never. 24h when not said.'),
    escalate: map({
      after: duration.describe('After how long.'),
      to: roles.min(1, 'must name at least one role').describe('Roles that may decide then.'),
    })
      .optional()
      .describe('Who else may decide what nobody has answered.'),
  })
    .optional()
    .describe('How long a request waits.'),
  services: list(serviceRule)
    .optional()
    .describe('Narrower rules for some services. The first that matches and has the action wins.'),
  accounts: table(
    name,
    map({
      username: reference.describe('Where the user name is read: env:NAME or file:/absolute/path.'),
      password: reference.describe('Where the password is read: env:NAME or file:/absolute/path.'),
    }),
  )
    .optional()
    .describe('Accounts at registrars, by reference.'),
  notify: map({
    grants: channel
      .optional()
      .describe('Channel in which new grants are announced. Nowhere when not said.'),
    approvals: channel
      .optional()
      .describe(
        'Channel in which requests wait for agreement. A direct message to each approver when not said.',
      ),
    operators: channel
      .optional()
      .describe('Channel for what an operator has to look at. Only the log when not said.'),
  })
    .optional()
    .describe('Channels of Slack, by id. The bot has to be invited into each.'),
  identity: map({
    email: word('way', ['propose', 'trust', 'off'])
      .optional()
      .describe(
        'Whether the same e-mail address makes a link: once an approver has confirmed it (propose, when not said), at once, or never.',
      ),
  })
    .optional()
    .describe('Which Onezone user a Slack user without a link is.'),
  expect: list(expectation).optional().describe('Examples that must come out as said.'),
});
export type PolicyFile = z.infer<typeof PolicyFile>;

/** A file without its invalid sections. */
export const Sections = PolicyFile.partial();
export type Sections = z.infer<typeof Sections>;
export type RuleFile = z.infer<typeof rule>;
