import { type ApiPath, path } from './api-path.js';
import type { Api } from './caller.js';
import type { Connection } from './connect.js';
import { isNotAllowed, isNotFound, OnezoneError } from './errors.js';
import type { MembershipOptions, Onezone } from './onezone.js';
import * as schemas from './schemas.js';

type Memberships = Pick<
  Onezone,
  'addUser' | 'removeUser' | 'userPrivileges' | 'effectivePrivileges' | 'changePrivileges'
>;

export function createMemberships(connected: () => Promise<Connection>): Memberships {
  async function readPrivileges(
    serviceId: string,
    privilegesPath: ApiPath,
    { serviceExists }: MembershipOptions,
  ) {
    const { api } = await connected();
    try {
      return await api.get({ path: privilegesPath }, schemas.privileges);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (serviceExists !== true) await mustExist(api, serviceId);
      return null;
    }
  }

  return {
    async addUser(serviceId, userId, privileges) {
      const { api } = await connected();
      try {
        const memberPath = path`/handle_services/${serviceId}/users/${userId}`;
        await api.put({ path: memberPath, body: { privileges } });
        return 'added';
      } catch (error) {
        if (isAlreadyMember(error)) return 'alreadyMember';
        throw error;
      }
    },

    async removeUser(serviceId, userId, { serviceExists } = {}) {
      const { api } = await connected();
      try {
        await api.delete({ path: path`/handle_services/${serviceId}/users/${userId}` });
        return 'removed';
      } catch (error) {
        if (!isNotFound(error)) throw error;
        if (serviceExists !== true) await mustExist(api, serviceId);
        return 'notMember';
      }
    },

    // `GET …/users/{id}` would also answer for members through a group and for a creator who left.
    async userPrivileges(serviceId, userId, options = {}) {
      const privilegesPath = path`/handle_services/${serviceId}/users/${userId}/privileges`;
      return readPrivileges(serviceId, privilegesPath, options);
    },

    async effectivePrivileges(serviceId, userId, options = {}) {
      const privilegesPath = path`/handle_services/${serviceId}/effective_users/${userId}/privileges`;
      return readPrivileges(serviceId, privilegesPath, options);
    },

    async changePrivileges(serviceId, userId, { grant, revoke }) {
      const privilegesPath = path`/handle_services/${serviceId}/users/${userId}/privileges`;
      if (grant.length === 0 && revoke.length === 0) return;
      const { api } = await connected();
      await api.patch({ path: privilegesPath, body: { grant, revoke } });
    },
  };
}

/** By error id, not status: 409 can also arrive as 400. */
function isAlreadyMember(error: unknown): boolean {
  return error instanceof OnezoneError && error.errorId === 'relationAlreadyExists';
}

/**
 * A 404 for a member does not tell whether the member or the service is missing. Onezone checks existence before
 * privileges, so being denied the member list still proves that the service exists.
 */
async function mustExist(api: Api, serviceId: string): Promise<void> {
  try {
    await api.get({ path: path`/handle_services/${serviceId}/users` }, schemas.userList);
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
  }
}
