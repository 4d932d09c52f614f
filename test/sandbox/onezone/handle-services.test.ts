import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Desk,
  type Heard,
  newId,
  nobody,
  nowSeconds,
  openDesk,
  person,
  verdict,
} from './harness.js';

let desk: Desk;
let maker: { id: string; token: string };
beforeEach(async () => {
  desk = await openDesk();
  maker = person(desk, ['oz_handle_services_create']);
});
afterEach(() => desk.close());

const all = [
  'handle_service_delete',
  'handle_service_list_handles',
  'handle_service_manage_handles',
  'handle_service_register_handle',
  'handle_service_update',
  'handle_service_view',
];
const whole = {
  name: 'LifeWatch DataCite',
  proxyEndpoint: 'https://hps.example.org/api/v1',
  serviceProperties: { type: 'DOI', prefix: '10.5072', username: 'alice', password: 'pa$$word' },
};

const make = (body: object) => desk.rest('POST', '/handle_services', { token: maker.token, body });
const missing = (key: string) => ({
  error: {
    id: 'missingRequiredValue',
    details: { key },
    description: `Missing required value: ${key}.`,
  },
});
const badName = {
  error: {
    id: 'badValueName',
    description:
      'Bad value: Name must be 2-128 characters long and composed only of UTF-8 letters, digits, brackets and underscores. Dashes, spaces and dots are allowed (but not at the beginning or the end).',
  },
};
const badValue = (id: string, key: string, what: string) => ({
  error: { id, details: { key }, description: `Bad value: provided "${key}" must ${what}.` },
});
const forbidden = {
  error: {
    id: 'forbidden',
    description: 'You are not authorized to perform this operation.',
  },
};

function memberOf(privileges: readonly string[]) {
  const member = person(desk);
  const { handleServiceId } = desk.zone.addHandleService({
    ...whole,
    users: { [member.id]: privileges },
  });
  return { ...member, path: `/handle_services/${handleServiceId}`, handleServiceId };
}

describe('creating a handle service', () => {
  it('28. answers an empty 201 whose Location names the configured domain without a port', async () => {
    const heard = await make(whole);
    expect([heard.status, heard.text, heard.headers['content-length']]).toEqual([201, '', '0']);
    expect(heard.headers['location']).toMatch(
      /^https:\/\/onezone\.example\.com\/api\/v3\/onezone\/handle_services\/[0-9a-f]{32}ch[0-9a-f]{4}$/,
    );
  });

  it('29. makes nobody a member, and keeps who created it and when', async () => {
    const id = newId(await make(whole));
    const { token } = person(desk, [
      'oz_handle_services_list',
      'oz_handle_services_list_relationships',
    ]);
    const users = await desk.rest('GET', `/handle_services/${id}/users`, { token });
    expect(users.text).toBe('{"users":[]}');
    const shown = await desk.rest('GET', `/handle_services/${id}`, { token });
    expect(shown.json).toEqual({
      handleServiceId: id,
      ...whole,
      creator: { type: 'user', id: maker.id },
      creationTime: nowSeconds,
    });
    const own = await desk.rest('GET', `/handle_services/${id}`, { token: maker.token });
    expect(own.status).toBe(403);
  });

  it('30. makes two services of the same request sent twice', async () => {
    const ids = [newId(await make(whole)), newId(await make(whole))];
    expect(new Set(ids).size).toBe(2);
    expect(new Set(Object.keys(desk.zone.state.handleServices))).toEqual(new Set(ids));
  });

  it('31. takes the privilege to create', async () => {
    const { token } = person(desk, ['oz_handle_services_list']);
    const heard = await desk.rest('POST', '/handle_services', { token, body: whole });
    expect([heard.status, heard.json]).toEqual([403, forbidden]);
  });

  it('32. asks for the missing values one by one', async () => {
    const answers = [
      await make({}),
      await make({ name: 'ab' }),
      await make({ name: 'ab', proxyEndpoint: 'x' }),
      await desk.rest('POST', '/handle_services', { token: maker.token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(answers.map(({ json }) => json)).toEqual([
      missing('name'),
      missing('proxyEndpoint'),
      missing('serviceProperties'),
      missing('name'),
    ]);
  });

  it('33. tells of a wrong value before a missing later one', async () => {
    expect((await make({ name: 'a' })).json).toEqual(badName);
  });

  it.each([
    ...['', ' asd', 'asd ', '-asd', 'asd-', '.asd', '/asd', 'asd★', 'x'.repeat(129), null],
    ...['a', 'e\u0301e\u0301', 'a\u00a0b', 'a,b', 'a>b', 'a😀b'],
  ])('34. refuses the name %j', async (name) => {
    expect((await make({ ...whole, name })).json).toEqual(badName);
  });

  it.each(['ab', '(x)', '日本', 'a b.c-d', 'x'.repeat(128), 'Ⅷ²', 'ab\n', true])(
    '34. accepts the name %j and keeps it as it is',
    async (name) => {
      const id = newId(await make({ ...whole, name }));
      expect(desk.zone.state.handleServices[id]?.name).toBe(String(name));
    },
  );

  it.each([1234, ['ab'], { a: 1 }])('34. wants a name to be text, not %j', async (name) => {
    expect((await make({ ...whole, name })).json).toEqual(
      badValue('badValueString', 'name', 'be a string'),
    );
  });

  it('35. takes any endpoint that is text and not empty, and keeps it verbatim', async () => {
    for (const proxyEndpoint of ['', null]) {
      expect((await make({ ...whole, proxyEndpoint })).json).toEqual(
        badValue('badValueEmpty', 'proxyEndpoint', 'not be empty'),
      );
    }
    expect((await make({ ...whole, proxyEndpoint: 1234 })).json).toEqual(
      badValue('badValueString', 'proxyEndpoint', 'be a string'),
    );
    const proxyEndpoint = 'localhost:17000/handle_proxy';
    const id = newId(await make({ ...whole, proxyEndpoint }));
    const { token } = person(desk, ['oz_handle_services_view']);
    expect((await desk.rest('GET', `/handle_services/${id}`, { token })).json).toMatchObject({
      proxyEndpoint,
    });
  });

  it('36. takes any service properties that are an object with something in it', async () => {
    expect((await make({ ...whole, serviceProperties: {} })).json).toEqual(
      badValue('badValueEmpty', 'serviceProperties', 'not be empty'),
    );
    for (const serviceProperties of [1234, null, [], 'x']) {
      expect((await make({ ...whole, serviceProperties })).json).toEqual(
        badValue('badValueJSON', 'serviceProperties', 'be a valid JSON'),
      );
    }
    expect((await make({ ...whole, serviceProperties: { foo: 1 } })).status).toBe(201);
  });

  it('37. ignores keys it does not know', async () => {
    const id = newId(await make({ ...whole, handleServiceId: 'mine', color: 'red' }));
    expect(id).not.toBe('mine');
    expect(desk.zone.state.handleServices[id]).not.toHaveProperty('color');
  });

  it('38. notices JSON that is no object only after authorization', async () => {
    const { token } = person(desk);
    for (const raw of ['[]', '"x"']) {
      const allowed = await desk.rest('POST', '/handle_services', { token: maker.token, raw });
      expect(verdict(allowed)).toBe('400 malformedData');
      const stranger = await desk.rest('POST', '/handle_services', { token, raw });
      expect(verdict(stranger)).toBe('403 forbidden');
    }
  });

  it('39. makes the creator a member with every privilege when created as a user', async () => {
    const { token } = maker;
    const heard = await desk.rest('POST', '/user/handle_services', { token, body: whole });
    const id = newId(heard);
    expect(heard.headers['location']).toBe(
      `https://onezone.example.com/api/v3/onezone/user/handle_services/${id}`,
    );
    const path = `/handle_services/${id}/users/${maker.id}/privileges`;
    expect((await desk.rest('GET', path, { token })).json).toEqual({ privileges: all });
    const list = await desk.rest('GET', '/user/handle_services', { token });
    expect(list.json).toEqual({ handle_services: [id] });
    const { token: without } = person(desk);
    const refused = await desk.rest('POST', '/user/handle_services', {
      token: without,
      body: whole,
    });
    expect(verdict(refused)).toBe('403 forbidden');
    expect(verdict(await desk.rest('POST', '/user/handle_services', { body: whole }))).toBe(
      '401 unauthorized',
    );
  });

  it('makes a group a member with every privilege, and leaves an orphan behind where there is no such group', async () => {
    const group = desk.zone.addGroup({ users: { [maker.id]: ['group_create_handle_service'] } });
    const path = `/groups/${group.groupId}/handle_services`;
    const id = newId(await desk.rest('POST', path, { token: maker.token, body: whole }));
    expect(desk.zone.state.handleServices[id]?.groups).toEqual({ [group.groupId]: all });
    const stranger = person(desk, ['oz_handle_services_create']);
    expect(verdict(await desk.rest('POST', path, { token: stranger.token, body: whole }))).toBe(
      '403 forbidden',
    );
    const admin = person(desk, ['oz_handle_services_create', 'oz_groups_add_relationships']);
    const nowhere = `/groups/${nobody}/handle_services`;
    expect(verdict(await desk.rest('POST', nowhere, { token: admin.token, body: whole }))).toBe(
      '404 notFound',
    );
    const creators = Object.values(desk.zone.state.handleServices).map(({ creator }) => creator.id);
    expect(creators).toEqual([maker.id, admin.id]);
  });
});

describe('seeing handle services', () => {
  it('40. lists all ids to whoever may list', async () => {
    const a = desk.zone.addHandleService({ name: 'LifeWatch' });
    const b = desk.zone.addHandleService({ name: 'EPIC' });
    const { token } = person(desk, ['oz_handle_services_list']);
    const heard = await desk.rest('GET', '/handle_services?offset=1', { token });
    expect(heard.json).toEqual({ handle_services: [a.handleServiceId, b.handleServiceId] });
    const refused = await desk.rest('GET', '/handle_services', { token: maker.token });
    expect(verdict(refused)).toBe('403 forbidden');
  });

  it('41. shows the secrets to every member, even one without privileges, and to two sorts of admin', async () => {
    const member = memberOf([]);
    const { path } = member;
    const lister = person(desk, ['oz_handle_services_list']);
    const viewer = person(desk, ['oz_handle_services_view']);
    const answers: Heard[] = [];
    for (const { token } of [member, lister, viewer, maker]) {
      answers.push(await desk.rest('GET', path, { token }));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403]);
    for (const { json } of answers.slice(0, 3)) {
      expect(json).toMatchObject({ serviceProperties: { password: 'pa$$word' } });
    }
  });

  it('42. finds no service that is not there, whoever asks', async () => {
    const admin = person(desk, ['oz_handle_services_list']);
    for (const said of [{}, { token: maker.token }, { token: admin.token }]) {
      const heard = await desk.rest('GET', `/handle_services/${nobody}`, said);
      expect(verdict(heard)).toBe('404 notFound');
    }
  });

  it('43. tells the name of a service to anybody', async () => {
    const { handleServiceId } = desk.zone.addHandleService(whole);
    const heard = await desk.rest('GET', `/handle_services/${handleServiceId}/public`);
    expect(heard.json).toEqual({ handleServiceId, name: 'LifeWatch DataCite' });
    expect(verdict(await desk.rest('GET', `/handle_services/${nobody}/public`))).toBe(
      '404 notFound',
    );
  });

  it('44. tells its vocabulary of privileges to anybody', async () => {
    const heard = await desk.rest('GET', '/handle_services/privileges');
    expect(heard.json).toEqual({
      member: [
        'handle_service_list_handles',
        'handle_service_register_handle',
        'handle_service_view',
      ],
      admin: all,
    });
  });

  it('shows a user their own effective services and hides the others', async () => {
    const { id, token } = person(desk);
    const inner = desk.zone.addGroup({ users: [id] });
    const outer = desk.zone.addGroup({ groups: [inner.groupId] });
    const mine = desk.zone.addHandleService({ name: 'Mine', groups: [outer.groupId] });
    const other = desk.zone.addHandleService({ name: 'Other' });
    const list = await desk.rest('GET', '/user/effective_handle_services', { token });
    expect(list.json).toEqual({ handle_services: [mine.handleServiceId] });
    const direct = await desk.rest('GET', '/user/handle_services', { token });
    expect(direct.json).toEqual({ handle_services: [] });
    const paths = [mine, other].map(
      ({ handleServiceId }) => `/user/effective_handle_services/${handleServiceId}`,
    );
    const shown = await Promise.all(paths.map((path) => desk.rest('GET', path, { token })));
    expect(shown.map(verdict)).toEqual(['200', '404 notFound']);
    const leave = `/user/handle_services/${mine.handleServiceId}`;
    expect(verdict(await desk.rest('DELETE', leave, { token }))).toBe('404 notFound');
  });

  it('shows a group’s services to those who may see the group, and lets it leave', async () => {
    const { id, token } = person(desk);
    const privileges = ['group_view', 'group_leave_handle_service'];
    const group = desk.zone.addGroup({ users: { [id]: privileges } });
    const service = desk.zone.addHandleService({ name: 'Ours', groups: [group.groupId] });
    const path = `/groups/${group.groupId}/handle_services`;
    const list = await desk.rest('GET', path, { token });
    expect(list.json).toEqual({ handle_services: [service.handleServiceId] });
    const one = `${path}/${service.handleServiceId}`;
    expect(verdict(await desk.rest('GET', one, { token }))).toBe('200');
    expect(verdict(await desk.rest('GET', one, { token: maker.token }))).toBe('403 forbidden');
    // A member of the service who is not in the group has another way to it, and not this one.
    service.users[maker.id] = ['handle_service_view'];
    expect(verdict(await desk.rest('GET', one, { token: maker.token }))).toBe('403 forbidden');
    expect(verdict(await desk.rest('DELETE', one, { token }))).toBe('204');
    expect(verdict(await desk.rest('DELETE', one, { token }))).toBe('404 notFound');
  });
});

describe('changing and deleting a handle service', () => {
  it('45. wants at least one value to change, and breaks the line as Erlang does', async () => {
    const { path, token } = memberOf(['handle_service_update']);
    const indent = ' '.repeat(49);
    for (const said of [{ body: {} }, {}, { body: { color: 'red' } }]) {
      const heard = await desk.rest('PATCH', path, { token, ...said });
      expect(heard.status).toBe(400);
      expect(heard.json).toEqual({
        error: {
          id: 'missingAtLeastOneValue',
          details: { keys: ['name', 'proxyEndpoint', 'serviceProperties'] },
          description: `Missing data, you must provide at least one of: [<<"name">>,\n${indent}<<"proxyEndpoint">>,\n${indent}<<"serviceProperties">>].`,
        },
      });
    }
  });

  it('46. replaces the service properties as a whole', async () => {
    const { path, token, handleServiceId } = memberOf(['handle_service_update']);
    const body = { serviceProperties: { type: 'PID' } };
    const heard = await desk.rest('PATCH', path, { token, body });
    expect([heard.status, heard.text]).toEqual([204, '']);
    expect(desk.zone.state.handleServices[handleServiceId]).toMatchObject({
      ...whole,
      ...body,
    });
    expect(desk.zone.state.handleServices[handleServiceId]?.serviceProperties).toEqual({
      type: 'PID',
    });
  });

  it('47. takes the privilege to update', async () => {
    const { path, token, id, handleServiceId } = memberOf(['handle_service_view']);
    const body = { name: 'Renamed' };
    expect((await desk.rest('PATCH', path, { token, body })).json).toEqual(forbidden);
    const service = desk.zone.state.handleServices[handleServiceId];
    if (service === undefined) throw new Error('no service');
    service.users[id] = ['handle_service_update'];
    expect(verdict(await desk.rest('PATCH', path, { token, body }))).toBe('204');
    expect(service.name).toBe('Renamed');
  });

  it('changes nothing when one of the values is wrong', async () => {
    const { path, token, handleServiceId } = memberOf(['handle_service_update']);
    const body = { name: 'Renamed', serviceProperties: {} };
    expect(verdict(await desk.rest('PATCH', path, { token, body }))).toBe('400 badValueEmpty');
    expect(desk.zone.state.handleServices[handleServiceId]?.name).toBe(whole.name);
  });

  it('48. deletes a service without handles once', async () => {
    const { path } = memberOf([]);
    const { token } = person(desk, ['oz_handle_services_delete']);
    const answers = [
      await desk.rest('DELETE', path, { token }),
      await desk.rest('DELETE', path, { token }),
      await desk.rest('GET', path, { token }),
    ];
    expect(answers.map(verdict)).toEqual(['204', '404 notFound', '404 notFound']);
  });

  it('49. keeps a service that has handles', async () => {
    const { path, token, handleServiceId } = memberOf(all);
    const handle = {
      handleServiceId,
      resourceType: 'Share',
      resourceId: 'share1',
      metadataPrefix: 'oai_dc',
      metadata: '<metadata/>',
    };
    expect(verdict(await desk.rest('POST', '/user/handles', { token, body: handle }))).toBe('201');
    const heard = await desk.rest('DELETE', path, { token });
    expect(heard.status).toBe(400);
    expect(heard.json).toEqual({
      error: {
        id: 'cannotDeleteNonEmptyHandleService',
        description:
          'This handle service cannot be deleted as it still has some handles registered. All the handles would have to be deleted first, but proceed with caution as Open Data records should be persistent.',
      },
    });
    const [handleId = ''] = Object.keys(desk.zone.state.handles);
    const removed = await desk.rest('DELETE', `/handles/${handleId}`, { token });
    expect(verdict(removed)).toBe('204');
    expect(verdict(await desk.rest('DELETE', path, { token }))).toBe('204');
  });
});
