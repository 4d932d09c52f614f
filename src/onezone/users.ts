import type { Connection } from './connect.js';
import type { Onezone } from './onezone.js';
import { at } from './place.js';
import * as schemas from './schemas.js';

export function createUsers(
  connected: () => Promise<Connection>,
): Pick<Onezone, 'listUsers' | 'user'> {
  return {
    async listUsers() {
      const { api } = await connected();
      return api.get({ at: at`/users` }, schemas.userList);
    },

    async user(userId) {
      const { api } = await connected();
      return api.get({ at: at`/users/${userId}` }, schemas.zoneUser);
    },
  };
}
