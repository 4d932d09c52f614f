import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createOnezone, type OnezoneCall } from '../../src/onezone/onezone.js';
import { isOutage, mayHaveHappened, OnezoneUnreachable } from '../../src/onezone/errors.js';
import {
  type Behaviour,
  failureOf,
  pem,
  PREFIX,
  refusal,
  type ScriptedZone,
  SERVICE,
  startScriptedZone,
  TOKEN,
  USER,
} from './scripted-zone.js';

const running: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function zone(...args: Parameters<typeof startScriptedZone>): Promise<ScriptedZone> {
  const started = await startScriptedZone(...args);
  running.push(started);
  return started;
}

const PUT_USER = `PUT /handle_services/${SERVICE}/users/${USER}`;
const GET_USER = `GET /users/${USER}`;
const lena = { json: { userId: USER, fullName: 'Lena K', username: 'lena.k' } };

describe('a request', () => {
  it('has exactly the headers that Onezone takes', async () => {
    const { client, seen } = await zone({ [PUT_USER]: { status: 201 }, [GET_USER]: lena });
    const onezone = client();
    await onezone.addUser(SERVICE, USER, ['handle_service_view']);
    await onezone.user(USER);
    const [put, get] = seen.slice(-2);
    expect(put?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'x-auth-token': TOKEN,
    });
    expect(put?.body).toBe('{"privileges":["handle_service_view"]}');
    expect(get?.headers).toMatchObject({ accept: 'application/json', 'x-auth-token': TOKEN });
    expect(get?.headers).not.toHaveProperty('content-type');
    expect(get?.headers).not.toHaveProperty('authorization');
  });

  it('carries a user name and password of any script when there is no token', async () => {
    const { client, seen } = await zone({ [GET_USER]: lena });
    await client({ credentials: { username: 'łucja', password: 'pass:wörd' } }).user(USER);
    const { authorization = '' } = seen.at(-1)?.headers ?? {};
    expect(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()).toBe(
      'łucja:pass:wörd',
    );
    expect(seen.at(-1)?.headers).not.toHaveProperty('x-auth-token');
  });

  it.each(['..', '%2e%2e', 'a/b', '', 'a b', 'ü', 'x'.repeat(129), 'a?b', 'a\n'])(
    'is not made for %j, which is no id',
    async (id) => {
      const { client, calls } = await zone();
      const onezone = client();
      const failures = [
        await failureOf(onezone.addUser(id, USER, [])),
        await failureOf(onezone.addUser(SERVICE, id, [])),
        await failureOf(onezone.removeUser(SERVICE, id)),
        await failureOf(onezone.userPrivileges(id, USER)),
        await failureOf(onezone.changePrivileges(SERVICE, id, { grant: [], revoke: [] })),
        await failureOf(onezone.handleService(id)),
        await failureOf(onezone.user(id)),
      ];
      for (const failure of failures) expect(failure).toBeInstanceOf(TypeError);
      expect(calls()).toEqual([]);
    },
  );

  it('is reported with its route, its answer and its attempt', async () => {
    const calls: OnezoneCall[] = [];
    const { client } = await zone({ [GET_USER]: lena });
    await client({}, { onCall: (call) => calls.push(call) }).user(USER);
    expect(calls.at(-1)).toEqual({
      method: 'GET',
      path: `${PREFIX}/users/${USER}`,
      route: '/users/:id',
      status: 200,
      ms: expect.any(Number),
      attempt: 1,
    });
  });
});

describe('settings', () => {
  it.each(['two words', 'line\nbreak', '', 'tökén', 'end\n'])(
    'with the token %j are refused',
    (token) => {
      expect(() =>
        createOnezone({ url: 'https://zone.example.org', credentials: { token } }),
      ).toThrow(new TypeError('A token of Onezone has no spaces, line breaks or accents in it.'));
    },
  );

  it('with an address that is none are refused', () => {
    expect(() => createOnezone({ url: 'zone', credentials: { token: TOKEN } })).toThrow(
      'Invalid URL',
    );
  });

  it('with an authority that is none are refused', () => {
    const credentials = { token: TOKEN };
    expect(() =>
      createOnezone({ url: 'https://zone.example.org', credentials, ca: '-----BEGIN CERT' }),
    ).toThrow(new TypeError('The private authority is not a PEM certificate.'));
  });
});

describe('a connection', () => {
  it('is used for 30 requests, as many as Onezone allows, without a failed call', async () => {
    const { client, seen } = await zone({ [GET_USER]: lena });
    const onezone = client();
    for (let count = 0; count < 200; count += 1) await onezone.user(USER);
    const perConnection = new Map<number, number>();
    for (const { connection } of seen) {
      perConnection.set(connection, (perConnection.get(connection) ?? 0) + 1);
    }
    expect(seen).toHaveLength(206);
    expect(Math.max(...perConnection.values())).toBe(30);
  });

  it('is one of a few, however many calls there are at once', async () => {
    const { client, seen } = await zone({ [GET_USER]: lena });
    const onezone = client();
    await onezone.connect();
    await Promise.all(Array.from({ length: 200 }, () => onezone.user(USER)));
    const open = new Set(seen.map(({ connection }) => connection));
    expect(seen).toHaveLength(206);
    expect(open.size).toBeLessThanOrEqual(16);
  });

  it('that was closed while it was kept is replaced without a word', async () => {
    const warnings: object[] = [];
    const pauses: number[] = [];
    const { client, calls } = await zone({ [GET_USER]: inTurn('reset', lena) });
    const onezone = client(
      {},
      {
        log: { info: () => undefined, warn: (facts) => warnings.push(facts) },
        sleep: (ms) => Promise.resolve(void pauses.push(ms)),
      },
    );
    await expect(onezone.user(USER)).resolves.toMatchObject({ id: USER });
    expect(calls()).toEqual([GET_USER, GET_USER]);
    expect([warnings, pauses]).toEqual([[], []]);
  });
});

describe('silence', () => {
  it('of a host where nothing listens is known not to have done anything', async () => {
    const dead = await startScriptedZone();
    await dead.stop();
    const onezone = createOnezone(
      { url: dead.url, credentials: { token: TOKEN } },
      { sleep: () => Promise.resolve() },
    );
    const failure = await failureOf(onezone.addUser(SERVICE, USER, []));
    expect(failure).toBeInstanceOf(OnezoneUnreachable);
    expect(failure).toMatchObject({ kind: 'noConnection', sent: false, code: 'ECONNREFUSED' });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, false]);
    await onezone.close();
  });

  // A label of more than 63 letters is refused by the resolver itself, without asking anyone.
  it('of a host that has no address is known not to have done anything', async () => {
    const onezone = createOnezone(
      { url: `http://${'a'.repeat(64)}.invalid`, credentials: { token: TOKEN } },
      { sleep: () => Promise.resolve() },
    );
    const failure = await failureOf(onezone.connect());
    expect(failure).toMatchObject({ name: 'OnezoneUnreachable', kind: 'dns', sent: false });
    await onezone.close();
  });

  it('before TLS is agreed on is a connection that was not made', async () => {
    const mute = await listen(createServer((socket) => socket.on('error', () => undefined)));
    const onezone = createOnezone(
      { url: `https://127.0.0.1:${mute}`, credentials: { token: TOKEN }, connectTimeoutMs: 100 },
      { sleep: () => Promise.resolve() },
    );
    const failure = await failureOf(onezone.connect());
    expect(failure).toMatchObject({ kind: 'connectTimeout', sent: false });
    await onezone.close();
  });

  it.each(['reset', 'hang'] as const)('after a write (%s) leaves its outcome open', async (how) => {
    const { client, calls } = await zone({ [PUT_USER]: how });
    const failure = await failureOf(client({ timeoutMs: 150 }).addUser(SERVICE, USER, []));
    expect(failure).toMatchObject({
      name: 'OnezoneUnreachable',
      kind: how === 'reset' ? 'reset' : 'headersTimeout',
      sent: true,
      status: null,
      path: `${PREFIX}/handle_services/${SERVICE}/users/${USER}`,
    });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, true]);
    expect(calls()).toEqual([PUT_USER]);
  });

  it('after a read leaves nothing open', async () => {
    const { client } = await zone({ [GET_USER]: 'hang' });
    const failure = await failureOf(client({ timeoutMs: 150 }).user(USER));
    expect(failure).toMatchObject({ kind: 'headersTimeout', sent: true });
    expect(mayHaveHappened(failure)).toBe(false);
  });

  it('in the middle of an answer ends the wait for it', async () => {
    const { client } = await zone({ [GET_USER]: { text: '{"userId":', stall: true } });
    const failure = await failureOf(client({ timeoutMs: 150 }).user(USER));
    expect(failure).toMatchObject({ kind: 'bodyTimeout', sent: true, status: 200 });
  });

  it.each([
    ['body', 'bodyTimeout'],
    ['headers', 'headersTimeout'],
    ['early hints', 'headersTimeout'],
  ] as const)('is not waited for longer because %s drip in', async (drips, kind) => {
    const { client } = await zone({ [PUT_USER]: { drips } });
    const onezone = client({ timeoutMs: 120 });
    await onezone.connect();
    const began = performance.now();
    const failure = await failureOf(onezone.addUser(SERVICE, USER, []));
    expect(failure).toMatchObject({ kind, sent: true });
    // Onezone may have done it and only not said so.
    expect(mayHaveHappened(failure)).toBe(true);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('gives every connection back, so that later calls are made', async () => {
    let isBack = false;
    const { client } = await zone({
      [GET_USER]: () => (isBack ? { json: { userId: USER } } : { drips: 'early hints' }),
    });
    const onezone = client({ timeoutMs: 60 });
    await onezone.connect();
    const calls = Array.from({ length: 20 }, () => failureOf(onezone.user(USER)));
    const failures = await Promise.all(calls);
    expect(new Set(failures.map((it) => it instanceof OnezoneUnreachable))).toEqual(
      new Set([true]),
    );
    isBack = true;
    await expect(onezone.user(USER)).resolves.toMatchObject({ id: USER });
  });
});

describe('an answer', () => {
  it('that is not HTTP is a fault', async () => {
    const ssh = await listen(
      createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))),
    );
    const onezone = createOnezone({
      url: `http://127.0.0.1:${ssh}`,
      credentials: { token: TOKEN },
    });
    expect(await failureOf(onezone.connect())).toMatchObject({ kind: 'garbled' });
    await onezone.close();
  });

  it.each([
    ['<html>Maintenance</html>', ''],
    ['{"userId":"x"', ''],
    ['{"userId":"../x","fullName":"x"}', 'userId'],
    [`{"userId":"${USER}","emails":["a",5]}`, 'emails.1'],
    ['', ''],
  ])('of %j does not fit and names the place, not the value', async (text, code) => {
    const { client, calls } = await zone({ [GET_USER]: { text } });
    const failure = await failureOf(client().user(USER));
    expect(failure).toMatchObject({
      name: 'OnezoneUnreachable',
      kind: 'schema',
      code,
      status: 200,
    });
    expect(calls()).toHaveLength(1);
  });

  it('of success to a write is a fault when it is a web page', async () => {
    const { client } = await zone({ [PUT_USER]: { text: '<html>Log in to the Wi-Fi</html>' } });
    const failure = await failureOf(client().addUser(SERVICE, USER, []));
    expect(failure).toMatchObject({ kind: 'schema', code: 'body' });
    expect(mayHaveHappened(failure)).toBe(true);
  });

  it.each([
    ['as many interim answers as that', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(9), 'garbled'],
    [
      'headers as long as that',
      `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\ncontent-length: 0\r\n\r\n`,
      'tooLarge',
    ],
  ])('with %s is cut off at once', async (_name, bytes, kind) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(bytes));
    });
    const port = await listen(server);
    const onezone = createOnezone({
      url: `http://127.0.0.1:${port}`,
      credentials: { token: TOKEN },
    });
    expect(await failureOf(onezone.connect())).toMatchObject({ kind, sent: true });
    await onezone.close();
  });

  it('without end is cut off', async () => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const endless = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', more);
      more();
    });
    const port = await listen(endless);
    const onezone = createOnezone({
      url: `http://127.0.0.1:${port}`,
      credentials: { token: TOKEN },
    });
    expect(await failureOf(onezone.connect())).toMatchObject({ kind: 'tooLarge' });
    await onezone.close();
  });

  it('that is a redirect is not followed', async () => {
    const location = 'https://elsewhere.example.org/api/v3/onezone/users';
    const { client, calls } = await zone({ 'GET /users': { status: 302, headers: { location } } });
    const failure = await failureOf(client().listUsers());
    expect(failure).toMatchObject({
      name: 'OnezoneWrongUrl',
      redirectedTo: 'https://elsewhere.example.org',
    });
    expect(calls()).toEqual(['GET /users']);
  });
});

describe('the id of a new service', () => {
  const service = { name: 'DataCite', proxyEndpoint: 'x', serviceProperties: { type: 'DOI' } };
  const made = (location?: string): Behaviour => ({
    status: 201,
    ...(location === undefined ? {} : { headers: { location } }),
  });

  it.each([
    `https://zone.example.org/api/v3/onezone/handle_services/${SERVICE}`,
    `https://zone.example.org/api/v3/onezone/handle_services/${SERVICE}/`,
    `/api/v3/onezone/handle_services/${SERVICE}?from=proxy/x#top`,
  ])('is the last part of %s', async (location) => {
    const { client } = await zone({ 'POST /handle_services': made(location) });
    await expect(client().createHandleService(service)).resolves.toEqual({ id: SERVICE });
  });

  it.each([undefined, '', 'https://zone.example.org/api/..', 'https://zone.example.org/%2e%2e'])(
    'that Onezone does not give, but %j, leaves the outcome open',
    async (location) => {
      const { client } = await zone({ 'POST /handle_services': made(location) });
      const failure = await failureOf(client().createHandleService(service));
      expect(failure).toMatchObject({ kind: 'schema', code: 'location', status: 201 });
      expect(mayHaveHappened(failure)).toBe(true);
    },
  );
});

describe('TLS', () => {
  it('with a private authority works when its certificate is given', async () => {
    const { client } = await zone({ [GET_USER]: lena }, { tls: true });
    await expect(client({ ca: pem('ca') }).user(USER)).resolves.toMatchObject({ id: USER });
  });

  it('with an unknown authority is refused, before anything is sent', async () => {
    const { client, seen } = await zone({}, { tls: true });
    const failure = await failureOf(client().connect());
    expect(failure).toMatchObject({ name: 'OnezoneUnreachable', kind: 'tls', sent: false });
    expect(seen).toEqual([]);
  });

  it('with an unknown authority works when nobody is to look', async () => {
    const { client } = await zone({ [GET_USER]: lena }, { tls: true });
    await expect(client({ insecureTls: true }).user(USER)).resolves.toMatchObject({ id: USER });
  });

  it('is not taken from a server that does not speak it', async () => {
    const plain = await zone();
    const failure = await failureOf(
      plain.client({ url: plain.url.replace('http:', 'https:') }).connect(),
    );
    expect(failure).toMatchObject({ kind: 'tls', sent: false });
  });
});

describe('another attempt', () => {
  const broken = refusal(500, 'internalServerError', { reference: '9f3b1c07de' });

  it('is made for a read, after pauses that grow and are spread', async () => {
    const pauses: number[] = [];
    const { client, calls } = await zone({ [GET_USER]: inTurn(broken, { status: 502 }, lena) });
    const sleep = (ms: number) => Promise.resolve(void pauses.push(ms));
    const onezone = client({}, { sleep, random: () => 0.25 });
    await expect(onezone.user(USER)).resolves.toMatchObject({ fullName: 'Lena K' });
    expect(calls()).toHaveLength(3);
    expect(pauses).toEqual([188, 375]);
  });

  it('is made twice at most', async () => {
    const { client, calls } = await zone({ [GET_USER]: broken });
    const failure = await failureOf(client().user(USER));
    expect(failure).toMatchObject({ name: 'OnezoneError', errorId: 'internalServerError' });
    expect(calls()).toHaveLength(3);
  });

  it('is made for a change of privileges, which leaves the same state each time', async () => {
    const patch = `PATCH /handle_services/${SERVICE}/users/${USER}/privileges`;
    const { client, calls } = await zone({ [patch]: inTurn('reset', { status: 204 }) });
    await client().changePrivileges(SERVICE, USER, { grant: ['handle_service_view'], revoke: [] });
    expect(calls()).toEqual([patch, patch]);
  });

  it.each(['reset', { status: 500 }, { status: 502 }, broken] as const)(
    'is never made for a new service, a new member or a removal (%j)',
    async (behaviour) => {
      const remove = `DELETE /handle_services/${SERVICE}/users/${USER}`;
      const { client, calls } = await zone({
        'POST /handle_services': behaviour,
        [PUT_USER]: behaviour,
        [remove]: behaviour,
      });
      const onezone = client();
      const service = { name: 'DataCite', proxyEndpoint: 'x', serviceProperties: { type: 'DOI' } };
      const failures = [
        await failureOf(onezone.createHandleService(service)),
        await failureOf(onezone.addUser(SERVICE, USER, [])),
        await failureOf(onezone.removeUser(SERVICE, USER)),
      ];
      expect(failures.map(mayHaveHappened)).toEqual([true, true, true]);
      expect(calls()).toEqual(['POST /handle_services', PUT_USER, remove]);
    },
  );

  it.each([
    ['the circuit breaker is open', refusal(503, 'serviceUnavailable')],
    ['it is forbidden', refusal(403, 'forbidden')],
    ['the token is too narrow', refusal(401, 'unauthorized', tooNarrow())],
  ])('is not made when %s', async (_name, answer) => {
    const { client, calls } = await zone({ [GET_USER]: answer });
    await failureOf(client().user(USER));
    expect(calls()).toHaveLength(1);
  });

  it('is not made when the first has used up all patience', async () => {
    const { client, calls } = await zone({ [GET_USER]: 'hang' });
    await failureOf(client({ timeoutMs: 120 }).user(USER));
    expect(calls()).toHaveLength(1);
  });

  it('is warned of, without what was sent', async () => {
    const warnings: object[] = [];
    const { client } = await zone({ [GET_USER]: inTurn(broken, lena) });
    const warn = (facts: object) => warnings.push(facts);
    await client({}, { log: { info: () => undefined, warn } }).user(USER);
    expect(warnings).toMatchObject([{ attempt: 1, err: { errorId: 'internalServerError' } }]);
    expect(JSON.stringify(warnings)).not.toContain(TOKEN);
  });
});

describe('closing', () => {
  it('ends a pause between two attempts with the failure of the first', async () => {
    const { client, calls } = await zone({ [GET_USER]: { status: 502 } });
    const onezone = client(
      {},
      {
        sleep: (_ms, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              reject(new Error('aborted'));
            });
            void onezone.close();
          }),
      },
    );
    expect(await failureOf(onezone.user(USER))).toMatchObject({ kind: 'serverError', status: 502 });
    expect(calls()).toHaveLength(1);
  });

  it('lets no later call through', async () => {
    const { client, calls } = await zone({ [GET_USER]: lena });
    const onezone = client();
    await onezone.connect();
    await onezone.close();
    const failure = await failureOf(onezone.addUser(SERVICE, USER, []));
    expect(failure).toMatchObject({ name: 'OnezoneUnreachable', kind: 'closed', sent: false });
    expect(calls()).toEqual([]);
  });

  it('may be done twice', async () => {
    const onezone = (await zone()).client();
    await onezone.close();
    await expect(onezone.close()).resolves.toBeUndefined();
  });
});

function inTurn(...behaviours: readonly Behaviour[]): () => Behaviour {
  let next = 0;
  return () => {
    const behaviour = behaviours[Math.min(next, behaviours.length - 1)];
    next += 1;
    if (behaviour === undefined) throw new Error('There is nothing to do in turn.');
    return behaviour;
  };
}

function tooNarrow(): object {
  return { authError: { id: 'tokenCaveatUnverified', details: { caveat: { type: 'api' } } } };
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy: () => unknown }>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
