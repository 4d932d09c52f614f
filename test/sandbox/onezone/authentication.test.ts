import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ZoneCaveat } from '../../../src/sandbox/onezone/state.js';
import {
  badCredentials,
  basic,
  type Desk,
  nobody,
  nowSeconds,
  openDesk,
  person,
  verdict,
} from './harness.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const needCredentials = {
  error: {
    id: 'unauthorized',
    description: 'You must authenticate yourself to perform this operation.',
  },
};

async function withBasic(username: string, password: string): Promise<string> {
  const headers = { authorization: basic(username, password) };
  return verdict(await desk.rest('GET', '/user', { headers }));
}

function confined(...caveats: ZoneCaveat[]): string {
  const { userId } = desk.zone.addUser({ privileges: 'all' });
  return desk.zone.mintToken({ userId, caveats });
}

describe('who a request comes from', () => {
  it('14. answers 401 without details where credentials are missing', async () => {
    const heard = await desk.rest('GET', '/handle_services');
    expect([heard.status, heard.json]).toEqual([401, needCredentials]);
  });

  it('15. tells even a stranger that a handle service does not exist', async () => {
    const heard = await desk.rest('GET', `/handle_services/${nobody}`);
    expect(heard.status).toBe(404);
    expect(heard.json).toEqual({
      error: { id: 'notFound', description: 'The resource could not be found.' },
    });
  });

  it('16. asks for credentials before it validates', async () => {
    const heard = await desk.rest('POST', '/handle_services', { body: {} });
    expect(heard.json).toEqual(needCredentials);
  });

  it('17. reads the body before it asks for credentials', async () => {
    const heard = await desk.rest('POST', '/handle_services', { raw: '{bad json' });
    expect(heard.status).toBe(400);
    expect(heard.json).toEqual({
      error: {
        id: 'malformedData',
        description: 'Provided data could not be understood by the server.',
      },
    });
  });

  it('18. says the same of a wrong password, an unknown user and what is no credentials', async () => {
    desk.zone.addUser({ username: 'admin', password: 'password' });
    expect(await withBasic('admin', 'password')).toBe('200');
    expect(await withBasic('admin', 'wrong')).toBe('401 unauthorized: badBasicCredentials');
    expect(await withBasic('who', 'password')).toBe('401 unauthorized: badBasicCredentials');
    for (const authorization of ['Basic %%%', 'Basic', `Basic ${btoa('nocolon')}`]) {
      const heard = await desk.rest('GET', '/user', { headers: { authorization } });
      expect(verdict(heard)).toBe('401 unauthorized: badBasicCredentials');
    }
  });

  it('takes a colon in a password for a part of it', async () => {
    desk.zone.addUser({ username: 'admin', password: 'pass:wo\nrd' });
    expect(await withBasic('admin', 'pass:wo\nrd')).toBe('200');
  });

  it('19. knows no passwords when the zone has no basic auth', async () => {
    desk.zone.addUser({ username: 'admin', password: 'password' });
    desk.zone.state.config.supportedIdPs = [{ id: 'google', offlineAccess: true }];
    for (const password of ['password', 'wrong']) {
      expect(await withBasic('admin', password)).toBe('401 unauthorized: basicAuthNotSupported');
    }
  });

  it('20. tells of a blocked user and of one without basic auth before it compares the password', async () => {
    desk.zone.addUser({ username: 'blocked', password: 'password', blocked: true });
    desk.zone.addUser({ username: 'tokens', password: 'password', basicAuthEnabled: false });
    for (const password of ['password', 'wrong']) {
      expect(await withBasic('blocked', password)).toBe('401 unauthorized: userBlocked');
      expect(await withBasic('tokens', password)).toBe('401 unauthorized: basicAuthDisabled');
    }
  });

  it('21. calls garbage and nothing at all a bad token', async () => {
    for (const token of ['garbage', '', 'MDAx!!!', `MDAx${btoa('{}')}`]) {
      const heard = await desk.rest('GET', '/user', { headers: { 'x-auth-token': token } });
      expect(heard.status).toBe(401);
      expect(heard.json).toEqual(
        badCredentials({
          id: 'badToken',
          description: 'Provided token could not be understood by the server.',
        }),
      );
    }
  });

  it('takes a token with the prefix of a known IdP for that IdP’s', async () => {
    const heard = await desk.rest('GET', '/user', { headers: { 'x-auth-token': 'google/abc' } });
    expect(heard.json).toEqual(
      badCredentials({
        id: 'badIdpAccessToken',
        details: { idp: 'google' },
        description: 'Provided access token for "google" is not valid.',
      }),
    );
  });

  it('22. takes a token in three headers, and a lower-case scheme for nothing', async () => {
    const { token } = person(desk);
    for (const headers of [
      { 'x-auth-token': token },
      { authorization: `Bearer ${token}` },
      { macaroon: token },
    ]) {
      expect(verdict(await desk.rest('GET', '/user', { headers }))).toBe('200');
    }
    const lower = await desk.rest('GET', '/user', {
      headers: { authorization: `bearer ${token}` },
    });
    expect(lower.json).toEqual(needCredentials);
  });

  it('23. never tries a password when a token came along', async () => {
    desk.zone.addUser({ username: 'admin', password: 'password' });
    const headers = { 'x-auth-token': 'garbage', authorization: basic('admin', 'password') };
    const heard = await desk.rest('GET', '/user', { headers });
    expect(verdict(heard)).toBe('401 unauthorized: badToken');
  });

  it('24. tells revoked, deleted and expired tokens apart', async () => {
    const { userId } = desk.zone.addUser();
    const token = desk.zone.mintToken({ userId, name: 'bot' });
    const named = Object.values(desk.zone.state.tokens).find(({ name }) => name === 'bot');
    if (named === undefined) throw new Error('no token minted');
    named.revoked = true;
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe(
      '401 unauthorized: tokenRevoked',
    );
    Reflect.deleteProperty(desk.zone.state.tokens, named.tokenId);
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe(
      '401 unauthorized: tokenInvalid',
    );
    const expired = confined({ type: 'time', validUntil: 1_719_792_000 });
    expect((await desk.rest('GET', '/user', { token: expired })).json).toEqual(
      badCredentials({
        id: 'tokenCaveatUnverified',
        details: { caveat: { type: 'time', validUntil: 1_719_792_000 } },
        description:
          "Provided token is not valid - unverified time caveat: this token has expired at '2024-07-01T00:00:00Z'.",
      }),
    );
    const valid = confined({ type: 'time', validUntil: nowSeconds + 1 });
    expect(verdict(await desk.rest('GET', '/user', { token: valid }))).toBe('200');
    const over = confined({ type: 'time', validUntil: nowSeconds });
    expect(verdict(await desk.rest('GET', '/user', { token: over }))).toBe(
      '401 unauthorized: tokenCaveatUnverified',
    );
  });

  it('refuses a token whose user is blocked or gone', async () => {
    const { id, token } = person(desk);
    const user = desk.zone.state.users[id];
    if (user === undefined) throw new Error('no user');
    user.blocked = true;
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe(
      '401 unauthorized: userBlocked',
    );
    Reflect.deleteProperty(desk.zone.state.users, id);
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe(
      '401 unauthorized: tokenSubjectInvalid',
    );
  });

  it('refuses an identity token and one with a forged caveat list', async () => {
    const { userId } = desk.zone.addUser();
    const identity = desk.zone.mintToken({ userId, type: { identityToken: {} } });
    expect((await desk.rest('GET', '/user', { token: identity })).json).toEqual(
      badCredentials({
        id: 'notAnAccessToken',
        details: { received: { identityToken: {} } },
        description: 'Expected an access token, but received a(n) identity token.',
      }),
    );
    const expired = confined({ type: 'time', validUntil: 1 });
    const decoded = Buffer.from(expired.slice(4), 'base64url').toString();
    const forged = decoded.replace(/"caveats":\[[^\]]*\]/, '"caveats":[]');
    const token = `MDAx${Buffer.from(forged).toString('base64url')}`;
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe(
      '401 unauthorized: tokenInvalid',
    );
  });

  it.each([
    [
      { type: 'interface', interface: 'oneclient' },
      "unverified interface caveat: this token can only be used in the 'oneclient' interface",
    ],
    [
      { type: 'ip', whitelist: ['10.0.0.0/8', '192.0.2.7/32'] },
      "unverified IP caveat: this token can only be used from an IP address that matches: '10.0.0.0/8 or 192.0.2.7/32'",
    ],
  ])('25. refuses a token confined to another use: %j', async (caveat, why) => {
    const heard = await desk.rest('GET', '/user', { token: confined(caveat) });
    expect(heard.status).toBe(401);
    expect(heard.json).toEqual(
      badCredentials({
        id: 'tokenCaveatUnverified',
        details: { caveat },
        description: `Provided token is not valid - ${why}.`,
      }),
    );
  });

  it.each([
    { type: 'data.readonly' },
    { type: 'service', whitelist: ['opw-abc'] },
    { type: 'consumer', whitelist: ['usr-abc'] },
  ])('refuses a token with the caveat %j too', async (caveat) => {
    const heard = await desk.rest('GET', '/user', { token: confined(caveat) });
    expect(verdict(heard)).toBe('401 unauthorized: tokenCaveatUnverified');
  });

  it('takes a consumer token along with one confined to its user', async () => {
    const consumer = person(desk);
    const token = confined({ type: 'consumer', whitelist: [`usr-${consumer.id}`] });
    const headers = { 'x-auth-token': token, 'x-onedata-consumer-token': consumer.token };
    expect(verdict(await desk.rest('GET', '/user', { headers }))).toBe('200');
  });

  it('26. closes everything the api caveat does not name, even what is public, but tells first what does not exist', async () => {
    const caveat = { type: 'api', whitelist: ['ozw/get/user.*.instance:*'] };
    const token = confined(caveat);
    const { handleServiceId } = desk.zone.addHandleService({ name: 'LifeWatch' });
    const refused = badCredentials({
      id: 'tokenCaveatUnverified',
      details: { caveat },
      description:
        "Provided token is not valid - unverified API caveat: this token can only be used for API calls that match the following spec: 'ozw/get/user.*.instance:*'.",
    });
    for (const path of [
      `/handle_services/${handleServiceId}`,
      '/configuration',
      '/handle_services',
    ]) {
      const heard = await desk.rest('GET', path, { token });
      expect([heard.status, heard.json]).toEqual([401, refused]);
      expect(heard.headers['content-type']).toBe('application/json');
    }
    expect(verdict(await desk.rest('GET', `/handle_services/${nobody}`, { token }))).toBe(
      '404 notFound',
    );
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe('200');
  });

  it('lets the whitelist of a handle-service bot do exactly its work', async () => {
    const token = confined(
      { type: 'interface', interface: 'rest' },
      { type: 'service', whitelist: ['ozw-onezone'] },
      {
        type: 'api',
        whitelist: [
          'ozw/create/handleService.null.instance:private',
          'ozw/create/handleService.*.user,*:private',
          'ozw/update/handleService.*.user_privileges,*:private',
          'ozw/get/user.null.list:private',
        ],
      },
    );
    const service = { name: 'LifeWatch', proxyEndpoint: 'x', serviceProperties: { type: 'PID' } };
    const made = await desk.rest('POST', '/handle_services', { token, body: service });
    expect(made.status).toBe(201);
    const [id = ''] = Object.keys(desk.zone.state.handleServices);
    const { userId } = desk.zone.addUser();
    const member = `/handle_services/${id}/users/${userId}`;
    const grant = { grant: ['handle_service_view'] };
    const verdicts = [
      await desk.rest('PUT', member, { token }),
      await desk.rest('PATCH', `${member}/privileges`, { token, body: grant }),
      await desk.rest('GET', '/users', { token }),
      await desk.rest('GET', `${member}/privileges`, { token }),
      await desk.rest('DELETE', member, { token }),
      await desk.rest('GET', `/handle_services/${id}`, { token }),
    ].map(verdict);
    const tooNarrow = '401 unauthorized: tokenCaveatUnverified';
    expect(verdicts).toEqual(['201', '204', '200', tooNarrow, tooNarrow, tooNarrow]);
  });

  it('27. takes a token confined to REST at Onezone worker', async () => {
    const token = confined(
      { type: 'service', whitelist: ['ozw-onezone'] },
      { type: 'interface', interface: 'rest' },
      { type: 'ip', whitelist: ['127.0.0.0/8'] },
    );
    expect(verdict(await desk.rest('GET', '/user', { token }))).toBe('200');
  });
});
