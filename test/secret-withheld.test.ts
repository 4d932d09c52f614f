import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanLine } from '../src/markup/clean.js';
import { bold, code, mrkdwn } from '../src/markup/markup.js';
import { createSecrets } from '../src/secrets.js';

const USER = 'mds-user';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** How a secret can be written, each with what would undo it. */
const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (it) => it,
  folded: (it) => it.toLowerCase(),
  json: (it) => JSON.stringify(it),
  'json in json': (it) => JSON.stringify(JSON.stringify({ a: it })),
  url: (it) => encodeURIComponent(it),
  'url in small letters': (it) =>
    encodeURIComponent(it).replace(/%../g, (escape) => escape.toLowerCase()),
  form: (it) => new URLSearchParams({ q: it }).toString(),
  base64: (it) => base64(it),
  'base64 for URLs': (it) => base64url(it),
  'base64 of user:password': (it) => base64(`${USER}:${it}`),
  'base64 for URLs of user:password': (it) => base64url(`${USER}:${it}`),
  'base64 in a URL': (it) => encodeURIComponent(base64(it)),
  mrkdwn: (it) => mrkdwn`x ${it} y`.markup,
  bold: (it) => bold(it).markup,
  code: (it) => code(it).markup,
};

/** As password generators and people make them. */
const password = fc.oneof(
  fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' }),
  fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
  fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/),
  fc.stringMatching(/^[A-Z][a-z]{4,9}[0-9!?*&<>:|~`]{1,4}$/),
);
const seen = password.filter(
  (it) => cleanLine(it).length >= 8 && !/^[a-z]{1,11}$/.test(cleanLine(it)),
);

/** A message or a record with this text somewhere in it. */
const around = (text: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constant({ text }),
    fc.constant({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `a\n${text}.` } }] }),
    fc.constant({ view: { private_metadata: JSON.stringify({ values: { name: text } }) } }),
    fc.constant([{ detail: { [`of ${text}`]: 1 } }]),
    fc.constant({ options: [{ value: `"${text}"` }], at: new Date(0) }),
  );

const written = fc
  .record({ secret: seen, spelling: fc.constantFrom(...Object.keys(SPELLINGS)) })
  .chain(({ secret, spelling }) => {
    const text = SPELLINGS[spelling]?.(secret) ?? '';
    return fc.record({
      secret: fc.constant(secret),
      text: fc.constant(text),
      payload: around(text),
    });
  });

describe('withheld', () => {
  it('is every secret, in any spelling, anywhere in a payload', () => {
    fc.assert(
      fc.property(written, ({ secret, text, payload }) => {
        const { withhold } = createSecrets([secret, base64(`${USER}:${secret}`)]);
        const kept = JSON.stringify(withhold(payload));
        expect(kept).toContain('[redacted]');
        for (const spelling of [secret, text]) {
          const core = spelling.replace(/^["*`\\]+|["*`\\]+$/g, '');
          expect(kept).not.toContain(JSON.stringify(core).slice(1, -1));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing of what has no secret in it: the very same object is given back', () => {
    const { withhold } = createSecrets(['Tr0ub4dor&3']);
    fc.assert(
      fc.property(fc.object(), (payload) => {
        expect(withhold(payload)).toBe(payload);
      }),
    );
  });

  it.each(['', 'abc', 'a&b', 'desk', 'approve', 'service'])(
    'is not %j, which is in every other sentence',
    (value) => {
      const { withhold } = createSecrets([value]);
      const said = { text: `abc a&b: The desk asks you to approve the service ${value}.` };
      expect(withhold(said)).toBe(said);
    },
  );

  it.each([
    ['cafe1', 'id 054cafe1fac9', 'the word cafe1, "cafe1"', 'the word [redacted], "[redacted]"'],
    ['postgres', 'mypostgresql', 'a\\npostgres%20postgres', 'a\\n[redacted]%20[redacted]'],
  ])('is %s only as a whole word', (secret, id, words, kept) => {
    const { withhold } = createSecrets([secret]);
    expect(withhold([id, words])).toEqual([id, kept]);
  });

  it('is no word of the protocol, or a password could break every message', () => {
    const { withhold } = createSecrets(['approved-by', 'carrying out', 'plain_text']);
    const said = { status: 'carrying out', blocks: [{ type: 'plain_text', text: 'plain_text' }] };
    expect(withhold(said)).toEqual({
      status: 'carrying out',
      blocks: [{ type: 'plain_text', text: '[redacted]' }],
    });
  });

  it('is also what was added later', () => {
    const { add, withhold } = createSecrets([]);
    expect(withhold('Tr0ub4dor&3')).toBe('Tr0ub4dor&3');
    add('Tr0ub4dor&3');
    expect(withhold('say Tr0ub4dor&amp;3')).toBe('say [redacted]');
  });

  it('costs little where there is nothing to withhold', () => {
    const { withhold } = createSecrets(
      Array.from({ length: 50 }, (_, index) => `secret-${index}-of-an-account`),
    );
    const users = Array.from({ length: 20_000 }, (_, index) => ({
      id: `7434b256e71e1052e0d5e3e9da657ebf${index}`,
      fullName: `User number ${index}`,
      emails: [`user.${index}@example.org`],
    }));
    withhold('warm up');
    const began = performance.now();
    expect(withhold(users)).toBe(users);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
