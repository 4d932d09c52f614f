import { path } from './api-path.js';
import type { Api } from './caller.js';
import { isTokenTooNarrow } from './errors.js';
import type { ZoneInfo } from './onezone.js';
import * as schemas from './schemas.js';

/** A narrow token may not read its own user; then only the id from the token is known. */
export async function whoAmI(api: Api, tokenUserId: string | null): Promise<ZoneInfo['me']> {
  try {
    const { id, fullName, username } = await api.get({ path: path`/user` }, schemas.zoneUser);
    return { id, fullName, username };
  } catch (error) {
    if (tokenUserId === null || !isTokenTooNarrow(error)) throw error;
    return { id: tokenUserId, fullName: null, username: null };
  }
}

/** The account's `oz_*` privileges, including those through groups; null: the token may not read them. */
export async function effectivePrivileges(api: Api): Promise<readonly string[] | null> {
  try {
    return await api.get({ path: path`/user/effective_privileges` }, schemas.privileges);
  } catch (error) {
    if (isTokenTooNarrow(error)) return null;
    throw error;
  }
}
