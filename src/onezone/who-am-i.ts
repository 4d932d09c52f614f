import type { Api } from './caller.js';
import { isTokenTooNarrow } from './errors.js';
import type { ZoneInfo } from './onezone.js';
import { at } from './place.js';
import * as schemas from './schemas.js';

/** A token may be too narrow to read its own user; it still names them. */
export async function whoAmI(api: Api, tokenUserId: string | null): Promise<ZoneInfo['me']> {
  try {
    const { id, fullName, username } = await api.get({ at: at`/user` }, schemas.zoneUser);
    return { id, fullName, username };
  } catch (error) {
    if (tokenUserId === null || !isTokenTooNarrow(error)) throw error;
    return { id: tokenUserId, fullName: null, username: null };
  }
}

/** The account's `oz_*` privileges, those through groups too; null: the token may not read them. */
export async function effectivePrivileges(api: Api): Promise<readonly string[] | null> {
  try {
    return await api.get({ at: at`/user/effective_privileges` }, schemas.privileges);
  } catch (error) {
    if (isTokenTooNarrow(error)) return null;
    throw error;
  }
}
