import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Desk, nobody, nowSeconds, openDesk, person, verdict } from './harness.js';

const both = ['oz_handle_services_add_relationships', 'oz_users_add_relationships'];
const defaults = [
  'handle_service_list_handles',
  'handle_service_register_handle',
  'handle_service_view',
];
const vocabulary = [
  'handle_service_delete',
  'handle_service_list_handles',
  'handle_service_manage_handles',
  'handle_service_register_handle',
  'handle_service_update',
  'handle_service_view',
];

let desk: Desk;
let service: string;
let user: string;
let adder: { id: string; token: string };
let member: { id: string; token: string };
beforeEach(async () => {
  desk = await openDesk();
  adder = person(desk, both);
  member = person(desk);
  user = desk.zone.addUser({
    fullName: 'Rudolf Lingens',
    username: 'r.lingens',
    emails: ['r@x'],
  }).userId;
  service = desk.zone.addHandleService({
    name: 'LifeWatch',
    users: { [member.id]: ['handle_service_update', 'handle_service_view'] },
  }).handleServiceId;
});
afterEach(() => desk.close());

const at = (path: string) => `/handle_services/${service}${path}`;
const put = (body?: object) =>
  desk.rest('PUT', at(`/users/${user}`), { token: adder.token, ...(body && { body }) });
const privilegesOf = async (id: string) =>
  (await desk.rest('GET', at(`/users/${id}/privileges`), { token: member.token })).json;
const notAllowed = (key: string) => ({
  error: {
    id: 'badValueListNotAllowed',
    details: { key, allowed: vocabulary },
    description: `Bad value: provided "${key}" must be a list containing zero or more following values: ${vocabulary.join(', ')}.`,
  },
});

describe('giving a user access', () => {
  it('50. gives the default privileges when the request names none', async () => {
    const heard = await put();
    expect([heard.status, heard.text, heard.headers['location']]).toEqual([
      201,
      '',
      `https://onezone.example.com/api/v3/onezone/handle_services/${service}/users/${user}`,
    ]);
    expect(await privilegesOf(user)).toEqual({ privileges: defaults });
  });

  it('51. takes both admin privileges, or the service’s own to update', async () => {
    for (const privilege of both) {
      const { token } = person(desk, [privilege]);
      expect(verdict(await desk.rest('PUT', at(`/users/${user}`), { token }))).toBe(
        '403 forbidden',
      );
    }
    const heard = await desk.rest('PUT', at(`/users/${user}`), { token: member.token });
    expect(verdict(heard)).toBe('201');
  });

  it('52. refuses a second time and does not apply its privileges', async () => {
    await put({ privileges: [] });
    const heard = await put({ privileges: ['handle_service_delete'] });
    expect(heard.status).toBe(409);
    expect(heard.json).toEqual({
      error: {
        id: 'relationAlreadyExists',
        details: {
          childType: 'user',
          childId: user,
          parentType: 'handleService',
          parentId: service,
        },
        description: `Bad value: user:${user} is already a member of handleService:${service}.`,
      },
    });
    expect(await privilegesOf(user)).toEqual({ privileges: [] });
  });

  it('lets exactly one of two simultaneous requests through', async () => {
    const answers = await Promise.all([put(), put()]);
    expect(answers.map(verdict).sort()).toEqual(['201', '409 relationAlreadyExists']);
  });

  it('53. tells a missing service, a missing privilege and a missing user apart', async () => {
    const { token } = adder;
    const noService = await desk.rest('PUT', `/handle_services/${nobody}/users/${user}`, { token });
    expect(verdict(noService)).toBe('404 notFound');
    const noUser = await desk.rest('PUT', at(`/users/${nobody}`), { token });
    expect(noUser.status).toBe(400);
    expect(noUser.json).toEqual({
      error: {
        id: 'badValueIdNotFound',
        details: { key: 'userId' },
        description: 'Bad value: provided ID ("userId") does not exist.',
      },
    });
    const stranger = person(desk);
    const refused = await desk.rest('PUT', at(`/users/${nobody}`), { token: stranger.token });
    expect(verdict(refused)).toBe('403 forbidden');
  });

  it.each([[['x']], [[null]], [[true]], [['handle_service_view', 'oz_users_list']]])(
    '54. allows no privileges outside its vocabulary: %j',
    async (privileges) => {
      expect((await put({ privileges })).json).toEqual(notAllowed('privileges'));
    },
  );

  it.each(['', 'handle_service_view', [1], [[]], [{}], {}, null])(
    '54. wants a list of strings, not %j',
    async (privileges) => {
      expect((await put({ privileges })).json).toEqual({
        error: {
          id: 'badValueListOfStrings',
          details: { key: 'privileges' },
          description: 'Bad value: provided "privileges" must be a list of strings.',
        },
      });
    },
  );

  it('54. adds a member with no privileges, and keeps a list verbatim', async () => {
    expect(verdict(await put({ privileges: [] }))).toBe('201');
    expect(await privilegesOf(user)).toEqual({ privileges: [] });
    const other = desk.zone.addUser().userId;
    const privileges = ['handle_service_view', 'handle_service_delete', 'handle_service_view'];
    const { token } = adder;
    await desk.rest('PUT', at(`/users/${other}`), { token, body: { privileges } });
    expect(await privilegesOf(other)).toEqual({ privileges });
  });

  it('55. adds a blocked user', async () => {
    user = desk.zone.addUser({ blocked: true }).userId;
    expect(verdict(await put())).toBe('201');
  });
});

describe('looking at members', () => {
  it('56. answers 404 for the privileges of whoever is no direct member, and shows everybody their own', async () => {
    const inGroup = person(desk);
    const group = desk.zone.addGroup({ users: [inGroup.id] });
    const { token } = member;
    await desk.rest('PUT', at(`/groups/${group.groupId}`), { token });
    const direct = at(`/users/${inGroup.id}/privileges`);
    expect(verdict(await desk.rest('GET', direct, { token }))).toBe('404 notFound');
    const effective = at(`/effective_users/${inGroup.id}/privileges`);
    expect((await desk.rest('GET', effective, { token })).json).toEqual({ privileges: defaults });
    const self = person(desk);
    const body = { privileges: [] };
    await desk.rest('PUT', at(`/users/${self.id}`), { token, body });
    const own = await desk.rest('GET', at(`/users/${self.id}/privileges`), { token: self.token });
    expect(own.json).toEqual({ privileges: [] });
    const other = await desk.rest('GET', at(`/users/${member.id}/privileges`), {
      token: self.token,
    });
    expect(verdict(other)).toBe('403 forbidden');
  });

  it('57. shows the creator who is no member and effective members, without e-mail addresses', async () => {
    const viewer = person(desk, ['oz_users_view']);
    const group = desk.zone.addGroup({ users: [user] });
    const creator = desk.zone.addUser({ fullName: 'Creator' }).userId;
    service = desk.zone.addHandleService({
      name: 'EPIC',
      creatorId: creator,
      groups: [group.groupId],
    }).handleServiceId;
    const { token } = viewer;
    const answers = [
      await desk.rest('GET', at(`/users/${creator}`), { token }),
      await desk.rest('GET', at(`/users/${user}`), { token }),
      await desk.rest('GET', at(`/effective_users/${user}`), { token }),
      await desk.rest('GET', at(`/users/${viewer.id}`), { token }),
    ];
    expect(answers.map(verdict)).toEqual(['200', '200', '200', '404 notFound']);
    expect(answers[1]?.json).toEqual({
      userId: user,
      fullName: 'Rudolf Lingens',
      username: 'r.lingens',
      creationTime: nowSeconds,
      name: 'Rudolf Lingens',
      login: 'r.lingens',
      alias: 'r.lingens',
    });
  });

  it('lists direct and effective users and groups to those who may view the service', async () => {
    const inner = desk.zone.addGroup({ name: 'inner', users: [user] });
    const outer = desk.zone.addGroup({ name: 'outer', groups: [inner.groupId] });
    const { token } = member;
    await desk.rest('PUT', at(`/groups/${outer.groupId}`), { token });
    const lists = await Promise.all(
      ['/users', '/effective_users', '/groups', '/effective_groups'].map((path) =>
        desk.rest('GET', at(path), { token }),
      ),
    );
    expect(lists.map(({ json }) => json)).toEqual([
      { users: [member.id] },
      { users: [member.id, user] },
      { groups: [outer.groupId] },
      { groups: [outer.groupId, inner.groupId] },
    ]);
    const shown = await desk.rest('GET', at(`/groups/${inner.groupId}`), { token });
    expect(shown.json).toEqual({
      groupId: inner.groupId,
      name: 'inner',
      type: 'team',
      creationTime: nowSeconds,
    });
    const path = at(`/effective_groups/${inner.groupId}/privileges`);
    expect((await desk.rest('GET', path, { token })).json).toEqual({ privileges: defaults });
    const stranger = person(desk);
    expect(verdict(await desk.rest('GET', at('/users'), { token: stranger.token }))).toBe(
      '403 forbidden',
    );
  });
});

describe('changing and taking access', () => {
  it('58. lets a grant win over a revocation, sorts, and drops repeats', async () => {
    const { token } = member;
    const path = at(`/users/${user}/privileges`);
    const patch = (body: object, to = path) => desk.rest('PATCH', to, { token, body });
    expect(verdict(await patch({ grant: [] }))).toBe('404 notFound');
    const given = ['handle_service_view', 'handle_service_delete', 'handle_service_delete'];
    await put({ privileges: given });
    const view = ['handle_service_view'];
    const heard = await patch({ grant: view, revoke: view });
    expect([heard.status, heard.text]).toEqual([204, '']);
    expect(await privilegesOf(user)).toEqual({
      privileges: ['handle_service_delete', 'handle_service_view'],
    });
    expect((await patch({})).json).toEqual({
      error: {
        id: 'missingAtLeastOneValue',
        details: { keys: ['grant', 'revoke'] },
        description: 'Missing data, you must provide at least one of: [<<"grant">>,<<"revoke">>].',
      },
    });
    expect((await patch({ grant: ['x'] })).json).toEqual(notAllowed('grant'));
    expect(verdict(await patch({ grant: [], revoke: [] }))).toBe('204');
    expect(verdict(await patch({ revoke: vocabulary }))).toBe('204');
    expect(await privilegesOf(user)).toEqual({ privileges: [] });
  });

  it('59. takes access from a direct member once, and never from one by group', async () => {
    const inGroup = desk.zone.addUser().userId;
    const group = desk.zone.addGroup({ users: [inGroup] });
    const { token } = member;
    await desk.rest('PUT', at(`/groups/${group.groupId}`), { token });
    await put();
    const verdicts = [
      await desk.rest('DELETE', at(`/users/${user}`), { token }),
      await desk.rest('DELETE', at(`/users/${user}`), { token }),
      await desk.rest('DELETE', at(`/users/${inGroup}`), { token }),
    ].map(verdict);
    expect(verdicts).toEqual(['204', '404 notFound', '404 notFound']);
  });

  it('60. gives and takes a group’s access with the group’s pair of admin privileges', async () => {
    const group = desk.zone.addGroup({ users: [user] }).groupId;
    const path = at(`/groups/${group}`);
    expect(verdict(await desk.rest('PUT', path, { token: adder.token }))).toBe('403 forbidden');
    const { token } = person(desk, [
      'oz_handle_services_add_relationships',
      'oz_groups_add_relationships',
      'oz_handle_services_list_relationships',
    ]);
    const added = await desk.rest('PUT', path, { token });
    expect(added.headers['location']).toBe(
      `https://onezone.example.com/api/v3/onezone/handle_services/${service}/groups/${group}`,
    );
    const effective = await desk.rest('GET', at('/effective_users'), { token });
    expect(effective.json).toEqual({ users: [member.id, user] });
    const again = await desk.rest('PUT', path, { token });
    expect(again.json).toMatchObject({ error: { details: { childType: 'group' } } });
    const missing = await desk.rest('PUT', at(`/groups/${nobody}`), { token });
    expect(missing.json).toMatchObject({
      error: { id: 'badValueIdNotFound', details: { key: 'groupId' } },
    });
    expect(verdict(await desk.rest('DELETE', path, { token }))).toBe('403 forbidden');
    const remover = person(desk, [
      'oz_handle_services_remove_relationships',
      'oz_groups_remove_relationships',
    ]);
    expect(verdict(await desk.rest('DELETE', path, { token: remover.token }))).toBe('204');
  });

  it('61. lets members register handles as themselves only', async () => {
    const { id, token } = person(desk);
    await desk.rest('PUT', at(`/users/${id}`), { token: member.token });
    const body = {
      handleServiceId: service,
      resourceType: 'Share',
      resourceId: 'share1',
      metadataPrefix: 'oai_dc',
      metadata: '<metadata/>',
    };
    expect(verdict(await desk.rest('POST', '/handles', { token, body }))).toBe('403 forbidden');
    const made = await desk.rest('POST', '/user/handles', { token, body });
    expect(made.status).toBe(201);
    const [handleId = ''] = Object.keys(desk.zone.state.handles);
    expect(made.headers['location']).toBe(
      `https://onezone.example.com/api/v3/onezone/user/handles/${handleId}`,
    );
    const list = await desk.rest('GET', at('/handles'), { token });
    expect(list.json).toEqual({ handles: [handleId] });
    const again = await desk.rest('POST', '/user/handles', { token, body });
    expect(verdict(again)).toBe('409 alreadyExists');
    const stranger = person(desk);
    const refused = await desk.rest('POST', '/user/handles', { token: stranger.token, body });
    expect(verdict(refused)).toBe('403 forbidden');
  });

  it('crashes on registering a handle with properties that Onezone cannot use', async () => {
    const { id, token } = person(desk);
    const register = async (serviceProperties: Record<string, string | number>) => {
      const { handleServiceId } = desk.zone.addHandleService({
        name: 'Mistyped',
        serviceProperties,
        users: [id],
      });
      const body = {
        handleServiceId,
        resourceType: 'Share',
        resourceId: handleServiceId,
        metadataPrefix: 'oai_dc',
        metadata: '<metadata/>',
      };
      return verdict(await desk.rest('POST', '/user/handles', { token, body }));
    };
    expect(await register({ type: 'DOI', prefix: 10.5072 })).toBe('500 internalServerError');
    expect(await register({ prefix: '10.5072' })).toBe('500 internalServerError');
    expect(await register({ type: 'DOI', prefix: '10.5072' })).toBe('201');
  });
});
