import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Desk, newId, nobody, nowSeconds, openDesk, person, verdict } from './harness.js';

async function inVersion(version: string, look: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await openDesk({ version });
  try {
    await look(desk);
  } finally {
    await desk.close();
  }
}

const body = { name: 'LifeWatch', proxyEndpoint: 'x', serviceProperties: { type: 'PID' } };
const asAdmin = (desk: Desk) => {
  const { userId } = desk.zone.addUser({ privileges: 'all' });
  return { token: desk.zone.mintToken({ userId }), userId };
};

describe('other versions', () => {
  it('70. gives 25 the same statuses and ids with a context and other words', () =>
    inVersion('25.0', async (desk) => {
      const { token } = asAdmin(desk);
      const ctx = {
        onedataErrorsRevision: 1,
        module: 'entity_logic',
        line: 1,
        timestamp: nowSeconds,
        service: 'ozw',
        serviceId: 'onezone',
        serviceDomain: 'onezone.example.com',
        serviceReleaseVersion: '25.0',
        serviceBuildVersion: '19-g0d0fd5b',
      };
      const anonymous = await desk.rest('GET', '/handle_services');
      expect([anonymous.status, anonymous.json]).toEqual([
        401,
        {
          error: {
            id: 'unauthorized',
            ctx,
            details: { authError: null },
            description:
              'You must authenticate yourself to perform this operation: no details available.',
          },
        },
      ]);
      const bad = await desk.rest('GET', '/handle_services', { token: 'garbage' });
      expect(bad.json).toEqual({
        error: {
          id: 'unauthorized',
          ctx,
          details: {
            authError: {
              id: 'badToken',
              ctx,
              description: 'Provided token could not be understood by the server.',
            },
          },
          description:
            'You must authenticate yourself to perform this operation: Provided token could not be understood by the server.',
        },
      });
      const post = (sent: object) => desk.rest('POST', '/handle_services', { token, body: sent });
      expect((await post({ ...body, name: '' })).json).toMatchObject({
        error: { id: 'badValueName', ctx, details: { key: null } },
      });
      expect((await post({})).json).toEqual({
        error: {
          id: 'missingRequiredValue',
          ctx,
          details: { key: 'name' },
          description: 'The request data was missing a required value for "name".',
        },
      });
      expect((await desk.rest('GET', `/users/${nobody}`)).json).toEqual({
        error: {
          id: 'notFound',
          ctx: null,
          description: 'The requested resource could not be found.',
        },
      });
      expect((await post(body)).status).toBe(201);
    }));

  it('49. lets 21.02.4 delete a service together with its handles', () =>
    inVersion('21.02.4', async (desk) => {
      const { token } = asAdmin(desk);
      const id = newId(await desk.rest('POST', '/handle_services', { token, body }));
      const handle = {
        handleServiceId: id,
        resourceType: 'Share',
        resourceId: 's',
        metadata: '<metadata/>',
      };
      const made = await desk.rest('POST', '/user/handles', { token, body: handle });
      expect(verdict(made)).toBe('201');
      expect(verdict(await desk.rest('DELETE', `/handle_services/${id}`, { token }))).toBe('204');
      expect(desk.zone.state.handles).toEqual({});
    }));

  it('gives 21.02.4 five privileges, no public view and no breaker', () =>
    inVersion('21.02.4', async (desk) => {
      desk.zone.setBreaker(true);
      const { handleServiceId } = desk.zone.addHandleService({ name: 'LifeWatch' });
      const heard = await desk.rest('GET', '/handle_services/privileges');
      expect(heard.json).toEqual({
        member: ['handle_service_register_handle', 'handle_service_view'],
        admin: [
          'handle_service_delete',
          'handle_service_list_handles',
          'handle_service_register_handle',
          'handle_service_update',
          'handle_service_view',
        ],
      });
      expect(heard.headers['access-control-allow-origin']).toBeUndefined();
      const shown = await desk.rest('GET', `/handle_services/${handleServiceId}/public`);
      expect([shown.status, shown.text]).toEqual([404, '']);
      const { id, token } = person(desk);
      const viewed = desk.zone.addHandleService({
        name: 'EPIC',
        users: { [id]: ['handle_service_view'] },
      });
      const handles = await desk.rest('GET', `/handle_services/${viewed.handleServiceId}/handles`, {
        token,
      });
      expect(handles.json).toEqual({ handles: [] });
    }));

  it('gives 20.02.20 names of fifty characters, no health and a crash without a reference', () =>
    inVersion('20.02.20', async (desk) => {
      const { token, userId } = asAdmin(desk);
      const post = (name: string) =>
        desk.rest('POST', '/handle_services', { token, body: { ...body, name } });
      const long = await post('x'.repeat(51));
      expect(long.json).toMatchObject({ error: { id: 'badValueName' } });
      expect(long.text).toContain('Name must be 2-50 characters long');
      const id = newId(await post('x'.repeat(50)));
      expect((await desk.rest('GET', `/handle_services/${id}`, { token })).json).toMatchObject({
        creator: { type: 'user', id: userId },
      });
      expect((await desk.rest('GET', '/health')).status).toBe(404);
      desk.zone.faults.add({ kind: 'crash', times: 1 });
      expect((await desk.rest('GET', '/users', { token })).json).toEqual({
        error: {
          id: 'internalServerError',
          description: 'The server has encountered an error while processing this request.',
        },
      });
      const { json } = await desk.ask('GET', '/configuration');
      expect(Object.keys(z.looseObject({}).parse(json))).toEqual([
        'name',
        'version',
        'build',
        'domain',
        'subdomainDelegationSupported',
        'supportedIdPs',
        'compatibilityRegistryRevision',
        'compatibleOneproviderVersions',
      ]);
    }));

  it('lets 19.02.5 answer 401, 403 and 404 with an id only, and 400 for whoever is a member already', () =>
    inVersion('19.02.5', async (desk) => {
      const { token, userId } = asAdmin(desk);
      const stranger = person(desk);
      const answers = [
        await desk.rest('GET', '/users'),
        await desk.rest('GET', '/users', { token: stranger.token }),
        await desk.rest('GET', `/users/${nobody}`),
        await desk.rest('POST', '/handle_services', { token, body: {} }),
      ];
      expect(answers.map(({ json }) => json)).toEqual([
        { error: { id: 'unauthorized' } },
        { error: { id: 'forbidden' } },
        { error: { id: 'notFound' } },
        {
          error: {
            id: 'missingRequiredValue',
            details: { key: 'name' },
            description: 'Missing required value: name.',
          },
        },
      ]);
      const id = newId(await desk.rest('POST', '/handle_services', { token, body }));
      const shown = await desk.rest('GET', `/handle_services/${id}`, { token });
      expect(shown.json).not.toHaveProperty('creator');
      const path = `/handle_services/${id}/users/${userId}`;
      await desk.rest('PUT', path, { token });
      const again = await desk.rest('PUT', path, { token });
      expect([again.status, again.json]).toMatchObject([
        400,
        { error: { details: { childType: 'od_user', parentType: 'od_handle_service' } } },
      ]);
      expect((await desk.rest('POST', '/tokens/examine', { body: {} })).status).toBe(405);
    }));

  it('lets 18.02.3 answer in words or not at all, and make the creator a member', () =>
    inVersion('18.02.3', async (desk) => {
      const { token, userId } = asAdmin(desk);
      const anonymous = await desk.rest('GET', '/users');
      const bad = await desk.rest('GET', '/users', { token: 'garbage' });
      const empty = await desk.rest('POST', '/handle_services', { token, body: {} });
      expect([anonymous, bad, empty].map(({ status, text }) => [status, text])).toEqual([
        [401, ''],
        [401, '{"error":"Provided token could not be understood by the server."}'],
        [400, '{"error":"Missing required value: name."}'],
      ]);
      const made = await desk.rest('POST', '/handle_services', { token, body });
      const id = newId(made);
      expect(made.headers['location']).toBe(
        `https://onezone.example.com/api/v3/onezone/user/handle_services/${id}`,
      );
      expect(Object.keys(desk.zone.state.handleServices[id]?.users ?? {})).toEqual([userId]);
      expect((await desk.ask('GET', '/configuration')).json).toMatchObject({ version: '18.02.3' });
    }));

  it('refuses to be a version it cannot read', async () => {
    await expect(openDesk({ version: 'latest' })).rejects.toThrow('not an Onezone version: latest');
  });
});
