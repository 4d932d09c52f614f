import type { Api } from './caller.js';
import type { Connection } from './connect.js';
import { isNotFound, isTokenTooNarrow, OnezoneError } from './errors.js';
import type { MembershipQuestion, Onezone } from './onezone.js';
import { at, type Place } from './place.js';
import * as schemas from './schemas.js';

type Memberships = Pick<
  Onezone,
  'addUser' | 'removeUser' | 'userPrivileges' | 'effectivePrivileges' | 'changePrivileges'
>;

export function createMemberships(connected: () => Promise<Connection>): Memberships {
  async function readPrivileges(serviceId: string, place: Place, known: MembershipQuestion) {
    const { api } = await connected();
    try {
      return await api.get({ at: place }, schemas.privileges);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (known.serviceExists !== true) await mustExist(api, serviceId);
      return null;
    }
  }

  return {
    async addUser(serviceId, userId, privileges) {
      const { api } = await connected();
      try {
        const place = at`/handle_services/${serviceId}/users/${userId}`;
        await api.put({ at: place, body: { privileges } });
        return 'added';
      } catch (error) {
        if (isAlreadyMember(error)) return 'alreadyMember';
        throw error;
      }
    },

    async removeUser(serviceId, userId, known = {}) {
      const { api } = await connected();
      try {
        await api.delete({ at: at`/handle_services/${serviceId}/users/${userId}` });
        return 'removed';
      } catch (error) {
        if (!isNotFound(error)) throw error;
        if (known.serviceExists !== true) await mustExist(api, serviceId);
        return 'notMember';
      }
    },

    // Not `GET …/users/{id}`, which also answers for those who are in through a group, and for a creator who left.
    async userPrivileges(serviceId, userId, known = {}) {
      const place = at`/handle_services/${serviceId}/users/${userId}/privileges`;
      return readPrivileges(serviceId, place, known);
    },

    async effectivePrivileges(serviceId, userId, known = {}) {
      const place = at`/handle_services/${serviceId}/effective_users/${userId}/privileges`;
      return readPrivileges(serviceId, place, known);
    },

    async changePrivileges(serviceId, userId, { grant, revoke }) {
      const place = at`/handle_services/${serviceId}/users/${userId}/privileges`;
      if (grant.length === 0 && revoke.length === 0) return;
      const { api } = await connected();
      await api.patch({ at: place, body: { grant, revoke } });
    },
  };
}

/** 409; the older 400 is of 19.02, and of proxies that know no 409. */
function isAlreadyMember(error: unknown): boolean {
  return error instanceof OnezoneError && error.errorId === 'relationAlreadyExists';
}

/**
 * A 404 below a service does not say which of the two is missing. Existence is judged before rights, so every
 * other answer of the service's own list of members means that it is there.
 */
async function mustExist(api: Api, serviceId: string): Promise<void> {
  try {
    await api.get({ at: at`/handle_services/${serviceId}/users` }, schemas.userList);
  } catch (error) {
    const isForbidden = error instanceof OnezoneError && error.errorId === 'forbidden';
    if (!isForbidden && !isTokenTooNarrow(error)) throw error;
  }
}
