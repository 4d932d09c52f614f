import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createLog } from '../src/log.js';
import { createSecrets } from '../src/secrets.js';

const canary = 'c4nary/ß "quoted"\\ & +more=';

function logWith(...values: readonly string[]): {
  readonly log: Logger;
  readonly secrets: ReturnType<typeof createSecrets>;
  readonly written: () => string;
  readonly last: () => Record<string, unknown>;
} {
  const lines: string[] = [];
  const secrets = createSecrets(values);
  const log = createLog({
    level: 'debug',
    secrets,
    destination: { write: (line) => void lines.push(line) },
  });
  return {
    log,
    secrets,
    written: () => lines.join(''),
    last: () => z.record(z.string(), z.unknown()).parse(JSON.parse(lines.at(-1) ?? '')),
  };
}

describe('createLog', () => {
  it('writes a line of JSON with the level as a word and the time as one reads it', () => {
    const { log, last } = logWith();
    log.info({ request: 'R-1' }, 'carried out');
    expect(last()).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      request: 'R-1',
      msg: 'carried out',
    });
  });

  it('leaves out what is below its level', () => {
    const { log, written } = logWith();
    log.trace('nothing');
    expect(written()).toBe('');
  });

  it.each<[string, (log: Logger) => void]>([
    [
      'a message',
      (log) => {
        log.info(`with ${canary}`);
      },
    ],
    [
      'an interpolated message',
      (log) => {
        log.info('with %s', canary);
      },
    ],
    [
      'a field',
      (log) => {
        log.info({ field: canary }, 'x');
      },
    ],
    [
      'a nested field',
      (log) => {
        log.info({ a: { b: [{ c: { d: { e: canary } } }] } }, 'x');
      },
    ],
    [
      'a key',
      (log) => {
        log.info({ a: { [canary]: 1 } }, 'x');
      },
    ],
    [
      'a binding of a child',
      (log) => {
        log.child({ field: canary }).info('x');
      },
    ],
    [
      'an error and its stack',
      (log) => {
        log.error({ err: new Error(`bad ${canary}`) }, 'x');
      },
    ],
    [
      'an error alone',
      (log) => {
        log.error(new Error(`bad ${canary}`));
      },
    ],
    [
      'a cause',
      (log) => {
        log.error({ err: new Error('a', { cause: new Error('b', { cause: new Error(canary) }) }) });
      },
    ],
    [
      'an aggregate',
      (log) => {
        log.error({ err: new AggregateError([new Error(canary)], 'all') });
      },
    ],
    [
      'an error under another name',
      (log) => {
        log.error({ error: new Error(canary), cause: new Error(canary) });
      },
    ],
    [
      'a property of an error',
      (log) => {
        log.error({ err: Object.assign(new Error('a'), { config: { headers: { a: canary } } }) });
      },
    ],
    [
      'a URL',
      (log) => {
        log.info({ url: `https://x.example/?q=${encodeURIComponent(canary)}` });
      },
    ],
    [
      'a URL in small letters',
      (log) => {
        log.info(encodeURIComponent(canary).replace(/%../g, (it) => it.toLowerCase()));
      },
    ],
    [
      'a form',
      (log) => {
        log.info(new URLSearchParams({ q: canary }).toString());
      },
    ],
    [
      'JSON in a string',
      (log) => {
        log.info({ body: JSON.stringify({ a: canary }) });
      },
    ],
    [
      'JSON in JSON in a string',
      (log) => {
        log.info({ body: JSON.stringify({ a: JSON.stringify({ a: canary }) }) });
      },
    ],
    [
      'base64',
      (log) => {
        log.info(Buffer.from(canary).toString('base64'));
      },
    ],
    [
      'base64 for URLs',
      (log) => {
        log.info(Buffer.from(canary).toString('base64url'));
      },
    ],
    [
      'a Basic header of any user',
      (log) => {
        for (const user of ['a', 'ab', 'abc', 'abcd']) {
          log.info({ it: Buffer.from(`${user}:${canary}`).toString('base64') });
        }
      },
    ],
  ])('redacts a known secret in %s', (_where, write) => {
    const { log, written, last } = logWith(canary);
    write(log);
    expect(written()).toContain('[redacted]');
    expect(last()['msg']).not.toBe('');
    for (const trace of ['c4nary', ...inBase64()]) expect(written()).not.toContain(trace);
  });

  it('redacts a secret of digits that was logged as a number', () => {
    const { log, last } = logWith('73519482');
    log.info({ pin: 73519482, other: 7351 });
    expect(last()).toMatchObject({ pin: '[redacted]', other: 7351 });
  });

  it('redacts a very short secret where it stands alone, and no other word', () => {
    const { log, last } = logWith('ada');
    log.info({ user: 'ada', city: 'Adana', canada: 'canada', sent: 'by:ada;' }, 'x');
    expect(last()).toMatchObject({
      user: '[redacted]',
      city: 'Adana',
      canada: 'canada',
      sent: 'by:[redacted];',
    });
  });

  it('redacts what was added later, also in children made before', () => {
    const { log, secrets, written } = logWith('known-before');
    const child = log.child({ part: 'worker' });
    child.info('nothing yet');
    secrets.add('a-later-canary');
    child.info('a-later-canary');
    expect(written()).toContain('[redacted]');
    expect(written()).not.toContain('a-later-canary');
  });

  it.each([
    'token',
    'botToken',
    'x-auth-token',
    'X-Auth-Token',
    'password',
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'response_url',
    'trigger_id',
    'private_metadata',
    'client_secret',
    'x-slack-signature',
    'credentials',
    'apiKey',
    'macaroon',
    'tokens',
  ])('empties a field called %s at any depth, whatever it holds', (key) => {
    const { log, written } = logWith();
    for (const value of ['unknown-canary', ['unknown-canary'], { deep: 'unknown-canary' }]) {
      log.info({ [key]: value, a: { [key]: value, b: [{ c: { d: { e: { [key]: value } } } }] } });
    }
    expect(written().match(/\[redacted\]/g)).toHaveLength(9);
    expect(written()).not.toContain('unknown-canary');
  });

  it('keeps whether there is a token at all', () => {
    const { log, last } = logWith();
    log.info({ token: null, hasToken: true });
    expect(last()).toMatchObject({ token: null, hasToken: true });
  });

  it.each([
    ['xoxb-17653672481-canary', '[redacted]'],
    ['MDAxY2xvY2F0aW9uIG9uZXpvbmUKMDAzYmlk-_canary', '[redacted]'],
    ['token xapp-1-A01-canary.', 'token [redacted].'],
    ['Authorization: Basic YWRhOmNhbmFyeQ==', 'Authorization: Basic [redacted]'],
    ['Bearer canary.canary', 'Bearer [redacted]'],
    ['postgres://desk:canary@db/desk', 'postgres://desk:[redacted]@db/desk'],
    ['https://hooks.slack.com/actions/T1/canary', '[redacted]'],
    ['{"password":"canary","a":1}', '{"password":"[redacted]","a":1}'],
    ['a=1&password=canary&b=2', 'a=1&password=[redacted]&b=2'],
  ])('redacts what looks like a credential in %j', (text, shown) => {
    const { log, last } = logWith();
    log.info(text);
    expect(last()['msg']).toBe(shown);
  });

  it.each([
    '12:7 accounts.test.password: must be a reference',
    'ONEZONE_PASSWORD is missing',
    'https://zone.example.org:8443/api/v3/onezone',
    'Basic things',
  ])('leaves %j as it is', (text) => {
    const { log, last } = logWith();
    log.info(text);
    expect(last()['msg']).toBe(text);
  });

  it('redacts a line that is not JSON', () => {
    expect(createSecrets(['canary-1']).redactLine('no JSON, canary-1')).toBe('no JSON, [redacted]');
  });

  it('writes valid JSON without the secret, whatever the secret is and wherever it stands', () => {
    const secret = fc.string({ minLength: 4, maxLength: 24, unit: 'grapheme' });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        fc.pre(!'[redacted]'.includes(value) && !/^[\d\s.:TZ-]+$/.test(value));
        const { log, last } = logWith(value);
        log.info({ deep: { text: `${before}${value}${after}` } });
        expect(JSON.stringify(last()['deep'])).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
    );
  });
});

/** Pieces of the canary's base64 that are the same wherever in a longer text it begins. */
const inBase64 = (): string[] =>
  [0, 1, 2].map((before) =>
    Buffer.from(`${'x'.repeat(before)}${canary}`)
      .toString('base64')
      .slice(4, 20),
  );
