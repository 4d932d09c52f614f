import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'undici';
import { badCredentials, basic, type Desk, openDesk, person, prefix, verdict } from './harness.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const service = {
  name: 'LifeWatch',
  proxyEndpoint: 'https://hps/api/v1',
  serviceProperties: { type: 'PID' },
};
const badBasic = badCredentials({
  id: 'badBasicCredentials',
  description: 'Invalid username or password.',
});

describe('the HTTP layer', () => {
  it('1. tells its configuration at the root without credentials', async () => {
    const heard = await desk.ask('GET', '/configuration', {
      headers: { authorization: 'Basic ?' },
    });
    expect(heard.status).toBe(200);
    expect(heard.json).toEqual({
      name: 'Example zone',
      version: '21.02.7',
      build: '19-g0d0fd5b',
      domain: 'onezone.example.com',
      subdomainDelegationSupported: true,
      supportedIdPs: [
        { id: 'basicAuth', offlineAccess: false },
        { id: 'google', offlineAccess: true },
      ],
      compatibilityRegistryRevision: 2022122100,
      compatibleOneproviderVersions: ['21.02.7'],
      openDataXrootdServerDomain: null,
      bagitUploaderWorkflowSchemaId: null,
      availableSpaceTags: { general: ['archival'], domains: ['agriculture'] },
    });
  });

  it('2. tells the same under the REST prefix, and there refuses bad credentials', async () => {
    const root = await desk.ask('GET', '/configuration');
    const anonymous = await desk.rest('GET', '/configuration');
    expect(anonymous.json).toEqual(root.json);
    const wrong = await desk.rest('GET', '/configuration', {
      headers: { authorization: basic('nobody', 'wrong') },
    });
    expect(wrong.status).toBe(401);
    expect(wrong.json).toEqual(badBasic);
  });

  it('3. answers GET below a wrong prefix with an empty 404', async () => {
    for (const path of ['/api/v3/handle_services', `${prefix}/no_such_route`, '/']) {
      const heard = await desk.ask('GET', path);
      expect([heard.status, heard.text]).toEqual([404, '']);
      expect(heard.headers['content-type']).toBeUndefined();
    }
  });

  it('4. answers anything else below a wrong prefix with an empty 405', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const heard = await desk.ask(method, '/api/v3/handle_services');
      expect([heard.status, heard.text, heard.headers['allow']]).toEqual([
        405,
        '',
        'HEAD, GET, OPTIONS',
      ]);
    }
  });

  it('5. answers an unsupported method with an empty 405 before it looks at credentials', async () => {
    const { handleServiceId } = desk.zone.addHandleService({ name: 'LifeWatch' });
    for (const headers of [{}, { 'x-auth-token': 'garbage' }]) {
      const heard = await desk.rest('PUT', `/handle_services/${handleServiceId}`, { headers });
      expect([heard.status, heard.text, heard.headers['allow']]).toEqual([
        405,
        '',
        'DELETE, GET, PATCH',
      ]);
    }
  });

  it('crashes with an empty 500 on OPTIONS and HEAD of a REST path', async () => {
    expect((await desk.rest('OPTIONS', '/handle_services')).status).toBe(500);
    expect((await desk.rest('HEAD', '/handle_services')).status).toBe(500);
  });

  it.each(['application/json; charset=utf-8', 'text/plain;charset=UTF-8', 'application/xml'])(
    '6. refuses a body of content type %s with an empty 415',
    async (type) => {
      const { token } = person(desk, ['oz_handle_services_create']);
      const headers = { 'content-type': type };
      const heard = await desk.rest('POST', '/handle_services', { token, headers, body: service });
      expect([heard.status, heard.text]).toEqual([415, '']);
    },
  );

  it('7. refuses a body without a content type with an empty 415', async () => {
    const { token } = person(desk, ['oz_handle_services_create']);
    const heard = await desk.rest('POST', '/handle_services', {
      token,
      headers: {},
      body: service,
    });
    expect([heard.status, heard.text]).toEqual([415, '']);
  });

  it.each([
    '/api//v3/onezone/user',
    '//api/v3/onezone/user',
    `${prefix}//user`,
    `${prefix}/user//`,
  ])('12. takes no doubled slash for one: %s', async (path) => {
    const { token } = person(desk);
    const headers = { 'x-auth-token': token };
    const read = await desk.ask('GET', path, { headers });
    expect([read.status, read.text]).toEqual([404, '']);
    expect((await desk.ask('PATCH', path, { headers })).status).toBe(405);
  });

  it.each([
    ['text/html', 406],
    ['application/json; charset=utf-8', 406],
    ['', 406],
    ['application/json', 200],
    ['application/*', 200],
    ['*/*', 200],
    ['text/html, application/json;q=0.5', 200],
  ])('8. answers Accept: %s with %i', async (accept, status) => {
    const { token } = person(desk, ['oz_handle_services_list']);
    const heard = await desk.rest('GET', '/handle_services', { token, headers: { accept } });
    expect(heard.status).toBe(status);
    expect(heard.text).toBe(status === 406 ? '' : '{"handle_services":[]}');
  });

  it('9. adds a user without a body and without a content type', async () => {
    const { token, id } = person(desk, [
      'oz_handle_services_add_relationships',
      'oz_users_add_relationships',
    ]);
    const { handleServiceId } = desk.zone.addHandleService({ name: 'LifeWatch' });
    const heard = await desk.rest('PUT', `/handle_services/${handleServiceId}/users/${id}`, {
      token,
    });
    expect(heard.status).toBe(201);
  });

  it('10. looks at credentials before the content type', async () => {
    const headers = { 'content-type': 'text/plain', authorization: basic('a', 'b') };
    const heard = await desk.rest('POST', '/handle_services', { headers, body: service });
    expect(heard.json).toEqual(badBasic);
  });

  it('11. sends no content type with a 401 of the authentication stage, and JSON with every later error', async () => {
    const headers = { authorization: basic('a', 'b') };
    const early = await desk.rest('GET', '/handle_services', { headers });
    expect(early.json).toEqual(badBasic);
    expect(early.headers['content-type']).toBeUndefined();
    const { token } = person(desk);
    const later = [
      await desk.rest('GET', '/handle_services'),
      await desk.rest('GET', '/handle_services', { token }),
      await desk.rest('GET', '/handle_services/nope'),
      await desk.rest('POST', '/handle_services', { token, raw: '{' }),
    ];
    expect(later.map(({ status }) => status)).toEqual([401, 403, 404, 400]);
    for (const heard of later) expect(heard.headers['content-type']).toBe('application/json');
  });

  it('12. takes a trailing slash for none', async () => {
    const { token } = person(desk, ['oz_handle_services_list']);
    const heard = await desk.rest('GET', '/handle_services/', { token });
    expect([heard.status, heard.text]).toEqual([200, '{"handle_services":[]}']);
  });

  it('decodes a path before it takes dot segments out of it', async () => {
    const { token } = person(desk, ['oz_handle_services_list']);
    const heard = await desk.rest('GET', '/handle_services/x/%2e%2e', { token });
    expect(heard.text).toBe('{"handle_services":[]}');
    expect((await desk.rest('GET', '/handle_services/a.b:c', { token })).status).toBe(404);
    expect((await desk.rest('GET', '/handle_services/constructor', { token })).status).toBe(404);
    expect((await desk.rest('GET', '/handle_services/%ff', { token })).status).toBe(400);
  });

  it('13. closes a connection with its thirtieth answer', async () => {
    const client = new Client(desk.zone.url);
    const closing: unknown[] = [];
    for (let n = 1; n <= 31; n += 1) {
      const { headers, body } = await client.request({ method: 'GET', path: '/configuration' });
      await body.dump();
      closing.push(headers['connection']);
    }
    await client.destroy();
    expect(closing.map((value) => value ?? 'stays')).toEqual([
      ...Array.from({ length: 29 }, () => 'stays'),
      'close',
      'stays',
    ]);
    const connections = desk.zone.log.map(({ connection }) => connection);
    expect(new Set(connections.slice(0, 30))).toEqual(new Set([1]));
    expect(connections[30]).toBe(2);
  });

  it('calls itself Cowboy and lets other origins read the REST API', async () => {
    const heard = await desk.rest('GET', '/handle_services');
    expect(heard.headers['server']).toBe('Cowboy');
    expect(heard.headers['access-control-allow-origin']).toBe('*');
    expect(heard.headers['date']).toBeDefined();
    expect(heard.headers['keep-alive']).toBeUndefined();
  });

  it('sends a client of the www host to the host without it', async () => {
    const headers = { host: 'www.onezone.example.com' };
    const heard = await desk.rest('GET', '/handle_services?a=1', { headers });
    expect([heard.status, heard.headers['location']]).toEqual([
      301,
      `https://onezone.example.com${prefix}/handle_services?a=1`,
    ]);
  });

  it('crashes with an empty 500 on a body beyond eight megabytes', async () => {
    const heard = await desk.rest('POST', '/handle_services', {
      raw: ' '.repeat(8 * 1024 * 1024 + 1),
    });
    expect([heard.status, heard.text]).toEqual([500, '']);
  });

  it('serves the prefix of older documents when told to', async () => {
    const old = await openDesk({ prefix: '/api/v3' });
    try {
      expect(verdict(await old.ask('GET', '/api/v3/handle_services'))).toBe('401 unauthorized');
      expect(verdict(await old.ask('GET', `${prefix}/handle_services`))).toBe('404');
      const { token } = person(old, ['oz_handle_services_create']);
      const made = await old.rest('POST', '/handle_services', { token, body: service });
      expect(made.headers['location']).toMatch(
        /^https:\/\/onezone\.example\.com\/api\/v3\/handle_services\/[0-9a-f]{32}ch[0-9a-f]{4}$/,
      );
    } finally {
      await old.close();
    }
  });
});
