import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { basic, type Desk, nobody, nowSeconds, openDesk, person, verdict } from './harness.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const ada = {
  fullName: 'Ada Lovelace',
  username: 'ada',
  linkedAccounts: [
    { idp: 'google', subjectId: '1978', emails: ['Ada.L@gmail.com', 'ada.l@x.org'] },
  ],
};

function protectedAda(userId: string) {
  const emailList = ['Ada.L@gmail.com', 'ada.l@x.org'];
  const emails = ['AdaL@gmail.com', 'ada.l@x.org'];
  return {
    userId,
    fullName: 'Ada Lovelace',
    username: 'ada',
    emails,
    basicAuthEnabled: false,
    blocked: false,
    linkedAccounts: [
      {
        idp: 'google',
        subjectId: '1978',
        fullName: null,
        username: null,
        emails: emailList,
        entitlements: [],
        custom: {},
        name: null,
        login: null,
        alias: null,
        emailList,
        groups: [],
      },
    ],
    creationTime: nowSeconds,
    name: 'Ada Lovelace',
    login: 'ada',
    alias: 'ada',
    emailList: emails,
  };
}

describe('users', () => {
  it('62. lists all ids and shows one record to whoever holds the privilege for each', async () => {
    const lister = person(desk, ['oz_users_list']);
    const viewer = person(desk, ['oz_users_view']);
    const { userId } = desk.zone.addUser(ada);
    const list = await desk.rest('GET', '/users?limit=1', { token: lister.token });
    expect(list.json).toEqual({ users: [lister.id, viewer.id, userId] });
    const refused = await desk.rest('GET', '/users', { token: viewer.token });
    expect(verdict(refused)).toBe('403 forbidden');
    const shown = await desk.rest('GET', `/users/${userId}`, { token: viewer.token });
    expect(shown.json).toEqual(protectedAda(userId));
    const hidden = await desk.rest('GET', `/users/${userId}`, { token: lister.token });
    expect(verdict(hidden)).toBe('403 forbidden');
    for (const said of [{}, { token: lister.token }]) {
      expect(verdict(await desk.rest('GET', `/users/${nobody}`, said))).toBe('404 notFound');
    }
  });

  it('lists a hundred thousand users', async () => {
    const { token } = person(desk, ['oz_users_list', 'oz_users_view']);
    for (let n = 0; n < 100_000; n += 1) desk.zone.addUser({ userId: `user${n}` });
    const heard = await desk.rest('GET', '/users', { token });
    const { users } = z.object({ users: z.array(z.string()) }).parse(heard.json);
    expect([users.length, users.at(-1)]).toEqual([100_001, 'user99999']);
    expect(verdict(await desk.rest('GET', '/users/user50000', { token }))).toBe('200');
  });

  it('63. tells a user who they are and what they may do, groups included', async () => {
    const user = desk.zone.addUser({ ...ada, privileges: ['oz_users_view', 'oz_users_list'] });
    const token = desk.zone.mintToken(user);
    desk.zone.addGroup({
      groupId: 'admins',
      users: [user.userId],
      privileges: ['oz_handle_services_create'],
    });
    const heard = await desk.rest('GET', '/user', { token });
    expect(heard.json).toEqual(protectedAda(user.userId));
    const anonymous = await desk.rest('GET', '/user');
    expect(verdict(anonymous)).toBe('401 unauthorized');
    const effective = await desk.rest('GET', '/user/effective_privileges', { token });
    expect(effective.json).toEqual({
      privileges: ['oz_handle_services_create', 'oz_users_list', 'oz_users_view'],
    });
    const direct = await desk.rest('GET', '/user/privileges', { token });
    expect(direct.json).toEqual({ privileges: ['oz_users_list', 'oz_users_view'] });
    const { token: stranger } = person(desk);
    const path = `/users/${user.userId}/effective_privileges`;
    expect(verdict(await desk.rest('GET', path, { token: stranger }))).toBe('403 forbidden');
    expect((await desk.rest('GET', path, { token })).json).toEqual(effective.json);
  });

  it('lets an admin make a user with a password and equip them', async () => {
    const admin = person(desk, ['oz_users_create', 'oz_set_privileges', 'oz_users_delete']);
    const { token } = admin;
    const make = (body: object) => desk.rest('POST', '/users', { token, body });
    const body = { username: 'bot', password: 'password', fullName: 'Desk bot' };
    expect(verdict(await make(body))).toBe('201');
    expect(verdict(await make(body))).toBe('400 badValueIdentifierOccupied');
    expect(verdict(await make({ ...body, username: '-x-' }))).toBe('400 badValueUsername');
    expect(verdict(await make({ ...body, password: 'short' }))).toBe('400 badValuePassword');
    expect((await make({})).json).toMatchObject({ error: { details: { key: 'password' } } });
    const bot = Object.values(desk.zone.state.users).find(({ username }) => username === 'bot');
    const path = `/users/${bot?.userId ?? ''}`;
    const grant = ['oz_users_list', 'oz_handle_services_create'];
    const patched = await desk.rest('PATCH', `${path}/privileges`, { token, body: { grant } });
    expect(verdict(patched)).toBe('204');
    const headers = { authorization: basic('bot', 'password') };
    const own = await desk.rest('GET', '/user/effective_privileges', { headers });
    expect(own.json).toEqual({ privileges: [...grant].sort() });
    expect(verdict(await desk.rest('DELETE', path, { token }))).toBe('204');
    expect(verdict(await desk.rest('GET', '/user', { headers }))).toBe(
      '401 unauthorized: badBasicCredentials',
    );
  });

  it('64. computes the id of somebody at an IdP, whether they ever came or not', async () => {
    const map = (body: object) => desk.rest('POST', '/provider/public/map_idp_user', { body });
    const { userId } = desk.zone.addUser(ada);
    expect((await map({ idp: 'google', userId: '1978' })).json).toEqual({ userId });
    const unknown = await map({ idp: 'basicAuth', userId: 'x' });
    expect(unknown.json).toEqual({ userId: expect.stringMatching(/^[0-9a-f]{32}ch[0-9a-f]{4}$/) });
    const noIdp = await map({ idp: 'github', userId: 'x' });
    expect(noIdp.status).toBe(400);
    expect(noIdp.json).toMatchObject({
      error: { id: 'badValueIdNotFound', details: { key: 'idp' } },
    });
    expect((await map({ idp: 'google', userId: '' })).json).toMatchObject({
      error: { id: 'badValueEmpty', details: { key: 'userId' } },
    });
  });

  it('lists and shows groups and their members', async () => {
    const { id, token } = person(desk, ['oz_groups_list']);
    const inner = desk.zone.addGroup({ name: 'inner', users: [id] });
    const outer = desk.zone.addGroup({ name: 'outer', groups: [inner.groupId] });
    const ids = [inner.groupId, outer.groupId];
    expect((await desk.rest('GET', '/groups', { token })).json).toEqual({ groups: ids });
    expect((await desk.rest('GET', '/user/effective_groups', { token })).json).toEqual({
      groups: ids,
    });
    expect((await desk.rest('GET', `/groups/${inner.groupId}`, { token })).json).toEqual({
      groupId: inner.groupId,
      name: 'inner',
      type: 'team',
      creator: { type: 'nobody', id: null },
      creationTime: nowSeconds,
    });
    const path = `/groups/${outer.groupId}`;
    const members = [
      await desk.rest('GET', `${path}/users`, { token }),
      await desk.rest('GET', `${path}/effective_users`, { token }),
    ];
    expect(members.map(({ json }) => json)).toEqual([{ users: [] }, { users: [id] }]);
  });
});

describe('tokens', () => {
  const verify = (body: object) => desk.rest('POST', '/tokens/verify_access_token', { body });
  const revoked = { id: 'tokenRevoked', description: 'Provided token has been revoked.' };

  it('65. verifies a token for anybody, and says bare what is wrong with it', async () => {
    const { userId } = desk.zone.addUser();
    const rest = { type: 'interface', interface: 'rest' };
    const time = { type: 'time', validUntil: nowSeconds + 86_400 };
    const token = desk.zone.mintToken({ userId, caveats: [rest, time] });
    expect((await verify({ token, interface: 'rest' })).json).toEqual({
      subject: { type: 'user', id: userId },
      ttl: 86_400,
    });
    const undeclared = await verify({ token });
    expect(undeclared.status).toBe(400);
    expect(undeclared.json).toMatchObject({
      error: { id: 'tokenCaveatUnverified', details: { caveat: rest } },
    });
    const said = await verify({ token, interface: 'cli' });
    expect([said.status, said.json]).toMatchObject([
      400,
      {
        error: {
          id: 'badValueNotAllowed',
          details: { key: 'interface', allowed: ['rest', 'graphsync', 'oneclient'] },
        },
      },
    ]);
    const here = { type: 'ip', whitelist: ['192.0.2.0/24'] };
    const fromHere = desk.zone.mintToken({ userId, caveats: [here] });
    const verdicts = [{}, { peerIp: '10.0.0.1' }, { peerIp: '192.0.2.7' }].map((peer) =>
      verify({ token: fromHere, ...peer }),
    );
    expect((await Promise.all(verdicts)).map(verdict)).toEqual([
      '400 tokenCaveatUnverified',
      '400 tokenCaveatUnverified',
      '200',
    ]);
    const forever = desk.zone.mintToken({ userId });
    expect((await verify({ token: forever })).json).toMatchObject({ ttl: null });
    const dead = await verify({ token: desk.zone.mintToken({ userId, revoked: true }) });
    expect([dead.status, dead.json]).toEqual([400, { error: revoked }]);
    const garbage = await verify({ token: 'garbage', interface: 'rest' });
    expect([garbage.status, garbage.json]).toEqual([
      400,
      {
        error: {
          id: 'badValueToken',
          details: {
            key: 'token',
            tokenError: {
              id: 'badToken',
              description: 'Provided token could not be understood by the server.',
            },
          },
          description: 'Bad value: provided "token" is not a valid token (see details).',
        },
      },
    ]);
    expect(verdict(await verify({ token: '' }))).toBe('400 badValueEmpty');
    expect((await verify({})).json).toMatchObject({
      error: { id: 'missingRequiredValue', details: { key: 'token' } },
    });
  });

  it('does not judge api caveats when it verifies', async () => {
    const { userId } = desk.zone.addUser();
    const caveats = [{ type: 'api', whitelist: ['ozw/get/user.null.list:private'] }];
    const token = desk.zone.mintToken({ userId, caveats });
    expect(verdict(await verify({ token }))).toBe('200');
  });

  it('66. examines a token that is revoked and expired', async () => {
    const { userId } = desk.zone.addUser();
    const caveats = [{ type: 'time', validUntil: 1 }];
    const token = desk.zone.mintToken({ userId, caveats, revoked: true });
    const [id] = Object.keys(desk.zone.state.tokens);
    const heard = await desk.rest('POST', '/tokens/examine', { body: { token } });
    expect(heard.json).toEqual({
      onezoneDomain: 'onezone.example.com',
      id,
      persistence: 'named',
      subject: { type: 'user', id: userId },
      type: { accessToken: {} },
      caveats,
    });
  });

  it('67. makes named tokens whose names are unique, and temporary ones that end within thirty days', async () => {
    const { id, token } = person(desk);
    const make = (body: object) => desk.rest('POST', '/user/tokens/named', { token, body });
    const made = await make({ name: 'bot', caveats: [{ type: 'interface', interface: 'rest' }] });
    const named = z.object({ tokenId: z.string(), token: z.string() }).parse(made.json);
    expect([made.status, made.headers['location']]).toEqual([
      201,
      `https://onezone.example.com/api/v3/onezone/user/tokens/named/${named.tokenId}`,
    ]);
    expect(verdict(await desk.rest('GET', '/user', { token: named.token }))).toBe('200');
    expect((await make({ name: 'bot' })).json).toEqual({
      error: {
        id: 'badValueIdentifierOccupied',
        details: { key: 'name' },
        description: 'Bad value: provided identifier ("name") is already occupied.',
      },
    });
    expect((await make({})).json).toMatchObject({ error: { id: 'missingRequiredValue' } });
    const caveat = { type: 'api', whitelist: ['oz-worker/get/user.null.list:private'] };
    expect((await make({ name: 'bad', caveats: [caveat] })).json).toMatchObject({
      error: { id: 'badValueCaveat', details: { caveat } },
    });
    const temporary = (caveats: object[]) =>
      desk.rest('POST', '/user/tokens/temporary', { token, body: { caveats } });
    const late = { type: 'time', validUntil: nowSeconds + 2_592_001 };
    for (const caveats of [[], [late]]) {
      const heard = await temporary(caveats);
      expect([heard.status, heard.json]).toEqual([
        400,
        {
          error: {
            id: 'tokenTimeCaveatRequired',
            details: { maxTtl: 2_592_000 },
            description: 'You must specify a time caveat with maximum TTL of 2592000 seconds.',
          },
        },
      ]);
    }
    const short = await temporary([{ type: 'time', validUntil: nowSeconds + 60 }]);
    const { token: brief } = z.object({ token: z.string() }).parse(short.json);
    expect([short.status, short.headers['location']]).toEqual([201, undefined]);
    expect((await desk.rest('GET', '/user', { token: brief })).json).toMatchObject({ userId: id });
  });

  it('revokes a named token and takes it back, shows it by name to its owner, and deletes it', async () => {
    const { token } = person(desk);
    const made = await desk.rest('POST', '/user/tokens/named', { token, body: { name: 'bot' } });
    const bot = z.object({ tokenId: z.string(), token: z.string() }).parse(made.json);
    const path = `/tokens/named/${bot.tokenId}`;
    const patch = (body: object, by = token) => desk.rest('PATCH', path, { token: by, body });
    const whoami = async () => verdict(await desk.rest('GET', '/user', { token: bot.token }));
    expect(verdict(await patch({ revoked: true }))).toBe('204');
    expect(await whoami()).toBe('401 unauthorized: tokenRevoked');
    expect(verdict(await patch({ revoked: false, name: 'bot' }))).toBe('204');
    expect(await whoami()).toBe('200');
    expect(verdict(await patch({}))).toBe('400 missingAtLeastOneValue');
    expect(verdict(await patch({ revoked: true }, person(desk).token))).toBe('403 forbidden');
    const byName = await desk.rest('GET', '/user/tokens/named/name/bot', { token });
    expect(byName.json).toMatchObject({ id: bot.tokenId, token: bot.token, revoked: false });
    expect(verdict(await desk.rest('GET', '/user/tokens/named/name/none', { token }))).toBe(
      '404 notFound',
    );
    expect(verdict(await desk.rest('DELETE', path, { token }))).toBe('204');
    expect(await whoami()).toBe('401 unauthorized: tokenInvalid');
  });

  it('revokes all temporary tokens of a user at once', async () => {
    const { id, token } = person(desk);
    const caveats = [{ type: 'time', validUntil: nowSeconds + 60 }];
    const brief = desk.zone.mintToken({ userId: id, temporary: true, caveats });
    expect(verdict(await desk.rest('GET', '/user', { token: brief }))).toBe('200');
    await desk.rest('DELETE', '/user/tokens/temporary', { token });
    expect(verdict(await desk.rest('GET', '/user', { token: brief }))).toBe(
      '401 unauthorized: tokenRevoked',
    );
  });

  it('confines a token for anybody, and cannot be talked out of it', async () => {
    const { token } = person(desk, ['oz_users_list']);
    const caveats = [{ type: 'api', whitelist: ['ozw/get/user.*.instance:protected'] }];
    const heard = await desk.rest('POST', '/tokens/confine', { body: { token, caveats } });
    const { token: narrow } = z.object({ token: z.string() }).parse(heard.json);
    expect(verdict(await desk.rest('GET', '/user', { token: narrow }))).toBe('200');
    expect(verdict(await desk.rest('GET', '/users', { token: narrow }))).toBe(
      '401 unauthorized: tokenCaveatUnverified',
    );
    expect(verdict(await desk.rest('GET', '/users', { token }))).toBe('200');
  });

  it('infers until when a token is good', async () => {
    const { userId } = desk.zone.addUser();
    const validUntil = nowSeconds + 60;
    const caveats = [
      { type: 'time', validUntil },
      { type: 'interface', interface: 'oneclient' },
    ];
    const token = desk.zone.mintToken({ userId, caveats });
    const heard = await desk.rest('POST', '/tokens/infer_access_token_scope', { body: { token } });
    expect(heard.json).toEqual({
      validUntil,
      dataAccessScope: { readonly: false, spaces: {}, providers: {} },
    });
  });
});
