import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Onezone } from '../../src/onezone/onezone.js';
import {
  type Behaviour,
  failureOf,
  refusal,
  type ScriptedZone,
  SERVICE,
  startScriptedZone,
  TOKEN,
  USER,
} from './scripted-zone.js';

const PASSWORD = 'pa$$word-of-the-registrar';
const running: ScriptedZone[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((zone) => zone.stop()));
});

async function zone(...args: Parameters<typeof startScriptedZone>): Promise<ScriptedZone> {
  const started = await startScriptedZone(...args);
  running.push(started);
  return started;
}

/** Everything that a logger or a careless `String(error)` could show. */
function everythingIn(value: unknown): string {
  const own =
    value instanceof Error ? JSON.stringify(value, Object.getOwnPropertyNames(value)) : '';
  return inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value) + own;
}

describe('the password of a registrar', () => {
  const properties = {
    type: 'DOI',
    prefix: '10.5072',
    host: 'https://mds.test.datacite.org',
    username: 'alice-at-datacite',
    password: PASSWORD,
  };
  const full = {
    handleServiceId: SERVICE,
    name: 'LifeWatch DataCite',
    proxyEndpoint: `https://alice:${PASSWORD}@hps.example.org/api/v1`,
    serviceProperties: properties,
    creator: { type: 'user', id: USER },
    creationTime: 1_576_152_793,
  };
  const reading = `GET /handle_services/${SERVICE}`;

  it('does not come out with its service', async () => {
    const { client } = await zone({ [reading]: { json: full } });
    const service = await client().handleService(SERVICE);
    expect(service).toEqual({
      id: SERVICE,
      name: 'LifeWatch DataCite',
      registrarType: 'DOI',
      prefix: '10.5072',
      creator: USER,
      creationTime: new Date('2019-12-12T12:13:13Z'),
      proxyEndpoint: 'https://hps.example.org/api/v1',
    });
    expect(everythingIn(service)).not.toMatch(/word|alice/);
  });

  it.each([
    ['name', { ...full, name: null }],
    ['serviceProperties', { ...full, serviceProperties: PASSWORD }],
    ['creator', { ...full, creator: PASSWORD }],
    ['handleServiceId', { ...full, handleServiceId: PASSWORD }],
    ['', PASSWORD],
  ])('does not come out with a reply whose %s is odd', async (code, json) => {
    const { client } = await zone({ [reading]: { json } });
    const failure = await failureOf(client().handleService(SERVICE));
    expect(failure).toMatchObject({ kind: 'schema', code });
    expect(everythingIn(failure)).not.toContain(PASSWORD);
  });

  it.each([
    ['user:secret@host:80/api', 'host:80/api'],
    ['http://user:secret@host/api?to=a@b', 'http://host/api?to=a@b'],
    ['localhost:17000/handle_proxy', 'localhost:17000/handle_proxy'],
    ['https://host/@tilde', 'https://host/@tilde'],
  ])('is cut out of the endpoint %s', async (proxyEndpoint, shown) => {
    const { client } = await zone({ [reading]: { json: { ...full, proxyEndpoint } } });
    await expect(client().handleService(SERVICE)).resolves.toMatchObject({ proxyEndpoint: shown });
  });
});

describe('what goes wrong', () => {
  const parroting = { key: 'name', authError: null, value: PASSWORD, token: TOKEN };
  const behaviours: readonly [string, Behaviour][] = [
    ['reset', 'reset'],
    ['timeout', 'hang'],
    ['redirect', { status: 307, headers: { location: `https://x.example/?t=${TOKEN}` } }],
    ['crash', { status: 500, text: `crashed on ${TOKEN} ${PASSWORD}` }],
    ['refusal', refusal(400, 'badValueString', parroting)],
    ['denial', refusal(401, 'unauthorized', parroting)],
    ['page', { text: `<html>${TOKEN} ${PASSWORD}</html>` }],
    ['nowhere', { status: 404, text: `${TOKEN} ${PASSWORD}` }],
  ];
  const service = {
    name: 'DataCite',
    proxyEndpoint: 'https://hps.example.org',
    serviceProperties: { type: 'DOI', password: PASSWORD },
  };
  const act: Readonly<Record<string, (onezone: Onezone) => Promise<unknown>>> = {
    'POST /handle_services': (onezone) => onezone.createHandleService(service),
    [`GET /users/${USER}`]: (onezone) => onezone.user(USER),
    'POST /tokens/verify_access_token': (onezone) => onezone.connect(),
  };

  for (const [route, call] of Object.entries(act)) {
    it.each(behaviours)(`by %s at ${route} tells no secret`, async (_name, behaviour) => {
      const logged: unknown[] = [];
      const log = {
        info: (...line: unknown[]) => logged.push(line),
        warn: (...line: unknown[]) => logged.push(line),
      };
      const { client } = await zone({ [route]: behaviour });
      const onezone = client({ timeoutMs: 100 }, { log, onCall: (one) => logged.push(one) });
      const failure = await failureOf(call(onezone));
      expect(failure).toBeInstanceOf(Error);
      for (const secret of [TOKEN, PASSWORD]) {
        expect(everythingIn(failure)).not.toContain(secret);
        expect(everythingIn(logged)).not.toContain(secret);
      }
    });
  }
});
