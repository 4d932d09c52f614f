import { afterEach, describe, expect, it } from '@jest/globals';
import { OnezoneAuthError, OnezoneTooOld, OnezoneWrongUrl } from '../../src/onezone/errors.js';
import {
  ALL_PRIVILEGES,
  failureOf,
  PREFIX,
  refusal,
  type Script,
  type ScriptedZone,
  startScriptedZone,
  TOKEN,
} from './scripted-zone.js';

const running: ScriptedZone[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((zone) => zone.stop()));
});

async function zone(...args: Parameters<typeof startScriptedZone>): Promise<ScriptedZone> {
  const started = await startScriptedZone(...args);
  running.push(started);
  return started;
}

const NOON = new Date('2026-01-01T12:00:00Z');
const verifying = 'POST /tokens/verify_access_token';
const examining = 'POST /tokens/examine';
const bot = { type: 'user', id: 'bot' };
const caveatOf = (type: string) => ({
  authError: { id: 'tokenCaveatUnverified', details: { caveat: { type } } },
});
const tooNarrow = refusal(401, 'unauthorized', caveatOf('api'));

describe('connecting', () => {
  it('tells everything about the zone and about us', async () => {
    const { client, url, seen } = await zone();
    await expect(client().connect()).resolves.toEqual({
      apiUrl: `${url}${PREFIX}`,
      name: 'Zone',
      domain: 'zone.example.org',
      version: '21.02.7',
      privileges: { all: ALL_PRIVILEGES, member: ['handle_service_view'] },
      me: { id: 'bot', fullName: 'Handle bot', username: null },
      ozPrivileges: [
        'oz_handle_services_add_relationships',
        'oz_handle_services_list',
        'oz_users_add_relationships',
      ],
      model: 'admin',
      lacking: [
        'oz_handle_services_create',
        'oz_handle_services_list_relationships',
        'oz_handle_services_remove_relationships',
        'oz_handle_services_set_privileges',
        'oz_handle_services_view_privileges',
        'oz_users_list',
        'oz_users_remove_relationships',
        'oz_users_view',
      ],
      token: { expiresAt: null, persistence: 'named', caveats: [] },
    });
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${PREFIX}/configuration`,
      `GET ${PREFIX}/handle_services/privileges`,
      `POST ${PREFIX}/tokens/verify_access_token`,
      `POST ${PREFIX}/tokens/examine`,
      `GET ${PREFIX}/user`,
      `GET ${PREFIX}/user/effective_privileges`,
    ]);
  });

  it('asks what is public without the token, which may be too narrow for it', async () => {
    const { client, seen } = await zone();
    await client().connect();
    expect(seen.map(({ headers }) => headers['x-auth-token'])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      TOKEN,
      TOKEN,
    ]);
  });

  it('happens once, whoever asks and however many at once', async () => {
    const { client, seen } = await zone({ 'GET /users': { json: { users: [] } } });
    const onezone = client();
    await Promise.all([onezone.connect(), onezone.listUsers(), onezone.connect()]);
    await onezone.connect();
    expect(seen).toHaveLength(7);
  });

  it('is done again after it failed', async () => {
    let isDown = true;
    const { client } = await zone({ 'GET /user': () => (isDown ? { status: 502 } : me()) });
    const onezone = client();
    expect(await failureOf(onezone.connect())).toMatchObject({ kind: 'serverError' });
    isDown = false;
    await expect(onezone.connect()).resolves.toMatchObject({ me: { id: 'bot' } });
  });

  it('does not send what was to be written when it fails', async () => {
    const { client, calls } = await zone({ 'GET /user': { status: 502 } });
    const service = { name: 'DataCite', proxyEndpoint: 'x', serviceProperties: { type: 'DOI' } };
    const failure = await failureOf(client().createHandleService(service));
    expect(failure).toMatchObject({ write: false, path: `${PREFIX}/user` });
    expect(calls()).toEqual([]);
  });

  it('logs where it is and as whom, never the token', async () => {
    const lines: object[] = [];
    const { client, url } = await zone();
    const info = (facts: object) => lines.push(facts);
    await client({}, { log: { info, warn: () => undefined } }).connect();
    expect(lines).toEqual([
      { apiUrl: `${url}${PREFIX}`, version: '21.02.7', user: 'bot', model: 'admin' },
    ]);
  });
});

describe('the address', () => {
  it('is looked for where older documents say when it is not at the usual place', async () => {
    const { client, url } = await zone({}, { prefix: '/api/v3' });
    await expect(client().connect()).resolves.toMatchObject({ apiUrl: `${url}/api/v3` });
  });

  it('is taken as it is when it has a path', async () => {
    const { client, url, seen } = await zone({}, { prefix: '/zone/api' });
    const info = await client({ url: `${url}/zone/api/` }).connect();
    expect(info.apiUrl).toBe(`${url}/zone/api`);
    expect(seen[0]?.path).toBe('/zone/api/configuration');
  });

  it('with a path is not looked for elsewhere', async () => {
    const { client, url, seen } = await zone();
    const failure = await failureOf(client({ url: `${url}/api/v4` }).connect());
    expect(failure).toBeInstanceOf(OnezoneWrongUrl);
    expect(seen).toHaveLength(1);
  });

  it('of something else is told to be wrong', async () => {
    const { client } = await zone({ 'GET /configuration': { status: 404 } });
    const failure = await failureOf(client().connect());
    expect(failure).toBeInstanceOf(OnezoneWrongUrl);
    expect(failure).toHaveProperty(
      'message',
      `Onezone's API is not at this address (GET ${PREFIX}/configuration, status 404)`,
    );
  });

  it.each([
    ['a web page for everything', { text: '<html>Welcome</html>' }],
    ['another JSON API', { json: { hello: 'world' } }],
    ['a panel that knows no such thing', refusal(404, 'notFound')],
  ])('of %s is told to be wrong', async (_name, answer) => {
    const { client } = await zone({ 'GET /configuration': answer });
    expect(await failureOf(client().connect())).toBeInstanceOf(OnezoneWrongUrl);
  });

  it('that redirects says where to', async () => {
    const headers = { location: 'https://onezone.example.org:443/api/v3/onezone/configuration' };
    const { client } = await zone({ 'GET /configuration': { status: 301, headers } });
    expect(await failureOf(client().connect())).toMatchObject({
      name: 'OnezoneWrongUrl',
      redirectedTo: 'https://onezone.example.org',
    });
  });

  it('is not doubted because the circuit breaker is open', async () => {
    const { client } = await zone({ 'GET /configuration': refusal(503, 'serviceUnavailable') });
    expect(await failureOf(client().connect())).toMatchObject({ errorId: 'serviceUnavailable' });
  });
});

describe('a version', () => {
  const of = (version: string): Script => ({ 'GET /configuration': { json: { version } } });

  it.each(['17.06.2', '18.02.3', '19.02.5', '20.02.0', '20.02.0-beta3'])(
    'such as %s is too old',
    async (version) => {
      const { client } = await zone(of(version));
      const failure = await failureOf(client().connect());
      expect(failure).toBeInstanceOf(OnezoneTooOld);
      expect(failure).toHaveProperty(
        'message',
        `Onezone ${version} is too old: 20.02.1 is the oldest that works ` +
          `(GET ${PREFIX}/configuration, status 200)`,
      );
    },
  );

  it.each(['20.02.1', '20.02.20', '21.02.0-alpha28', '21.02.7', '25.0', '25.1.0-rc1', 'develop'])(
    'such as %s is not',
    async (version) => {
      const { client } = await zone(of(version));
      await expect(client().connect()).resolves.toMatchObject({ version, name: null });
    },
  );
});

describe('a token', () => {
  it('ends when the first of its time caveats does', async () => {
    const caveats = [
      { type: 'time', validUntil: 1_767_225_600 },
      { type: 'interface', interface: 'rest' },
      { type: 'time', validUntil: 1_798_761_600 },
    ];
    const { client } = await zone({ [examining]: { json: { subject: bot, caveats } } });
    const { token } = await client().connect();
    expect(token).toEqual({
      expiresAt: new Date('2026-01-01T00:00:00Z'),
      persistence: null,
      caveats: [{ type: 'time' }, { type: 'interface', interface: 'rest' }, { type: 'time' }],
    });
  });

  it('ends after the seconds that the zone gives it when its caveats do not tell', async () => {
    const { client } = await zone({ [verifying]: { json: { subject: bot, ttl: 86_400 } } });
    const { token } = await client({}, { now: () => NOON }).connect();
    expect(token?.expiresAt).toEqual(new Date('2026-01-02T12:00:00Z'));
  });

  it('is asked about for REST, or one that is for nothing else would seem bad', async () => {
    const { client, seen } = await zone();
    await client().connect();
    const question = seen.find(({ path }) => path.endsWith('verify_access_token'));
    expect(question?.body).toBe(JSON.stringify({ token: TOKEN, interface: 'rest' }));
  });

  it.each([
    ['tokenRevoked', undefined, 'tokenRevoked'],
    ['tokenInvalid', undefined, 'badCredentials'],
    ['userBlocked', undefined, 'userBlocked'],
    ['badValueToken', { key: 'token', tokenError: { id: 'badToken' } }, 'badCredentials'],
    ['tokenCaveatUnverified', { caveat: { type: 'time', validUntil: 5 } }, 'tokenExpired'],
  ])('that is answered %s is told as what it is', async (id, details, reason) => {
    const { client } = await zone({ [verifying]: refusal(400, id, details) });
    const failure = await failureOf(client().connect());
    expect(failure).toBeInstanceOf(OnezoneAuthError);
    expect(failure).toMatchObject({ reason, status: 400 });
  });

  it.each(['ip', 'service', 'consumer'])(
    'with a caveat of kind %s, which the question cannot meet, is tried out',
    async (type) => {
      const { client } = await zone({
        [verifying]: refusal(400, 'tokenCaveatUnverified', { caveat: { type } }),
        [examining]: { json: { subject: bot, caveats: [{ type }] } },
      });
      await expect(client().connect()).resolves.toMatchObject({ token: { caveats: [{ type }] } });
    },
  );

  it('for another interface fails at the first real call', async () => {
    const { client } = await zone({
      [verifying]: refusal(400, 'tokenCaveatUnverified', {
        caveat: { type: 'interface', interface: 'rest' },
      }),
      'GET /user': refusal(401, 'unauthorized', caveatOf('interface')),
    });
    expect(await failureOf(client().connect())).toMatchObject({
      name: 'OnezoneAuthError',
      reason: 'tokenNotForHere',
      path: `${PREFIX}/user`,
    });
  });

  it('of a Oneprovider is refused', async () => {
    const { client } = await zone({
      [examining]: { json: { subject: { type: 'oneprovider', id: 'p1' }, caveats: [] } },
    });
    expect(await failureOf(client().connect())).toMatchObject({
      name: 'OnezoneAuthError',
      reason: 'notAUser',
    });
  });

  it('too narrow to read its own user still says whose it is', async () => {
    const { client } = await zone({
      'GET /user': tooNarrow,
      'GET /user/effective_privileges': tooNarrow,
      'GET /handle_services': { json: { handle_services: [] } },
    });
    await expect(client().connect()).resolves.toMatchObject({
      me: { id: 'bot', fullName: null, username: null },
      ozPrivileges: null,
      lacking: [],
      model: 'admin',
    });
  });
});

describe('a user name and password', () => {
  const credentials = { username: 'admin', password: 'hunter2-secret' };

  it('are not asked about as a token', async () => {
    const { client, seen } = await zone();
    await expect(client({ credentials }).connect()).resolves.toMatchObject({ token: null });
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['badBasicCredentials', 'badCredentials'],
    ['basicAuthDisabled', 'basicAuthDisabled'],
    ['basicAuthNotSupported', 'basicAuthNotSupported'],
  ])('that are answered %s are told as what they are', async (id, reason) => {
    const answer = refusal(401, 'unauthorized', { authError: { id } });
    const { client } = await zone({ 'GET /user': answer });
    const failure = await failureOf(client({ credentials }).connect());
    expect(failure).toMatchObject({ name: 'OnezoneAuthError', reason, status: 401 });
  });
});

describe('the credential model', () => {
  const holding = (...privileges: string[]): Script => ({
    'GET /user/effective_privileges': { json: { privileges } },
  });

  it('is membership when the account cannot act on all services', async () => {
    const { client } = await zone(
      holding('oz_handle_services_create', 'oz_handle_services_list', 'oz_users_list'),
    );
    await expect(client().connect()).resolves.toMatchObject({
      model: 'membership',
      lacking: ['oz_users_view'],
    });
  });

  it.each([
    ['too narrow', tooNarrow],
    ['forbidden', refusal(403, 'forbidden')],
  ])('is membership when privileges are hidden and the list is %s', async (_name, answer) => {
    const { client } = await zone({
      'GET /user/effective_privileges': tooNarrow,
      'GET /handle_services': answer,
    });
    await expect(client().connect()).resolves.toMatchObject({ model: 'membership' });
  });

  it('decides where services are listed and made', async () => {
    const headers = { location: 'https://zone.example.org/api/v3/onezone/user/handle_services/h1' };
    const { client, calls } = await zone({
      ...holding('oz_handle_services_create'),
      'GET /user/effective_handle_services': { json: { handle_services: ['h2', 'h1'] } },
      'POST /user/handle_services': { status: 201, headers },
    });
    const onezone = client();
    const service = { name: 'ePIC', proxyEndpoint: 'x', serviceProperties: { type: 'PID' } };
    await expect(onezone.listHandleServices()).resolves.toEqual(['h1', 'h2']);
    await expect(onezone.createHandleService(service)).resolves.toEqual({ id: 'h1' });
    expect(calls()).toEqual(['GET /user/effective_handle_services', 'POST /user/handle_services']);
  });
});

function me() {
  return { json: { userId: 'bot', fullName: 'Handle bot', username: null } };
}
