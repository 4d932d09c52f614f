import type { z } from 'zod';
import { path } from './api-path.js';
import type { Connection } from './connect.js';
import { isTokenTooNarrow, OnezoneWrongUrl } from './errors.js';
import type { Onezone } from './onezone.js';
import * as schemas from './schemas.js';

type HandleServices = Pick<
  Onezone,
  | 'listHandleServices'
  | 'handleService'
  | 'compareHandleService'
  | 'createHandleService'
  | 'members'
  | 'effectiveMembers'
>;

export function createHandleServices(connected: () => Promise<Connection>): HandleServices {
  return {
    async listHandleServices() {
      const { api, zone } = await connected();
      const listPath =
        zone.model === 'admin' ? path`/handle_services` : path`/user/effective_handle_services`;
      return api.get({ path: listPath }, schemas.handleServiceList);
    },

    async handleService(serviceId) {
      const { api } = await connected();
      try {
        return await api.get(
          { path: path`/handle_services/${serviceId}` },
          about(schemas.handleService, serviceId),
        );
      } catch (error) {
        if (!isTokenTooNarrow(error)) throw error;
        return await publicPart({ api }, serviceId, error);
      }
    },

    async compareHandleService(serviceId, asked) {
      const { api } = await connected();
      try {
        return await api.get(
          { path: path`/handle_services/${serviceId}` },
          about(schemas.handleService, serviceId).and(schemas.differences(asked)),
        );
      } catch (error) {
        if (!isTokenTooNarrow(error)) throw error;
        const service = await publicPart({ api }, serviceId, error);
        return { ...service, differing: service.name === asked.name ? null : ['name'] };
      }
    },

    async createHandleService(service) {
      const { api, zone } = await connected();
      // Only the path below `/user` makes the creator a member.
      const createPath =
        zone.model === 'admin' ? path`/handle_services` : path`/user/handle_services`;
      const { name, proxyEndpoint, serviceProperties } = service;
      return {
        id: await api.create({
          path: createPath,
          body: { name, proxyEndpoint, serviceProperties },
        }),
      };
    },

    async members(serviceId) {
      const { api } = await connected();
      return api.get({ path: path`/handle_services/${serviceId}/users` }, schemas.userList);
    },

    async effectiveMembers(serviceId) {
      const { api } = await connected();
      return api.get(
        { path: path`/handle_services/${serviceId}/effective_users` },
        schemas.userList,
      );
    },
  };
}

/** An answer about another service says nothing about this one. */
function about<Service extends z.ZodType<{ readonly id: string }>>(schema: Service, id: string) {
  return schema.refine((service) => service.id === id, { path: ['handleServiceId'] });
}

/** Zones before 21.02.6 have no public part; there the original error is the one to report. */
async function publicPart({ api }: Pick<Connection, 'api'>, serviceId: string, tooNarrow: Error) {
  try {
    return await api.get(
      { path: path`/handle_services/${serviceId}/public`, anonymous: true },
      about(schemas.publicHandleService, serviceId),
    );
  } catch (error) {
    throw error instanceof OnezoneWrongUrl ? tooNarrow : error;
  }
}
