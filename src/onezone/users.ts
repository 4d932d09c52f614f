import { path } from './api-path.js';
import type { Connection } from './connect.js';
import type { Onezone } from './onezone.js';
import * as schemas from './schemas.js';

export function createUsers(
  connected: () => Promise<Connection>,
): Pick<Onezone, 'listUsers' | 'user' | 'ozPrivilegesOf'> {
  return {
    async listUsers() {
      const { api } = await connected();
      return api.get({ path: path`/users` }, schemas.userList);
    },

    async user(userId) {
      const { api } = await connected();
      return api.get({ path: path`/users/${userId}` }, schemas.zoneUserOf(userId));
    },

    async ozPrivilegesOf(userId) {
      const { api } = await connected();
      return api.get({ path: path`/users/${userId}/effective_privileges` }, schemas.privileges);
    },
  };
}
