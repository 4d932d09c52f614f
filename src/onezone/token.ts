import { path } from './api-path.js';
import type { Api } from './caller.js';
import { OnezoneAuthError } from './errors.js';
import type { ZoneToken } from './onezone.js';
import * as schemas from './schemas.js';

export interface CheckedToken {
  readonly userId: string;
  readonly token: ZoneToken;
}

/** Both calls are public and sent anonymously: a token confined by an `api` caveat would be refused. */
export async function checkToken(api: Api, token: string, now: () => Date): Promise<CheckedToken> {
  const examinePath = path`/tokens/examine`;
  const ttl = await verify(api, token);
  const { subject, persistence, caveats } = await api.query(
    { path: examinePath, body: { token }, anonymous: true },
    schemas.examinedToken,
  );
  if (subject.type !== 'user' || typeof subject.id !== 'string') {
    const call = { method: 'POST', path: examinePath.value, write: false };
    throw new OnezoneAuthError(call, { status: 200, reason: 'notAUser', errorId: null });
  }
  const expiries = caveats.flatMap(({ validUntil }) => validUntil ?? []);
  if (expiries.length === 0 && ttl !== null) expiries.push(now().getTime() / 1000 + ttl);
  return {
    userId: subject.id,
    token: {
      expiresAt: expiries.length === 0 ? null : new Date(Math.min(...expiries) * 1000),
      persistence: persistence ?? null,
      caveats: caveats.map(({ type, whitelist, interface: only }) => ({
        ...{ type, whitelist, interface: only },
      })),
    },
  };
}

/** Seconds to live; null: unlimited or unknown. */
async function verify(api: Api, token: string): Promise<number | null> {
  try {
    const { ttl = null } = await api.query(
      // A token confined to `rest` is refused unless the interface is named.
      {
        path: path`/tokens/verify_access_token`,
        body: { token, interface: 'rest' },
        anonymous: true,
      },
      schemas.verifiedToken,
    );
    return ttl;
  } catch (error) {
    // The IP address and service of later calls cannot be named here; the first real call will tell.
    if (error instanceof OnezoneAuthError && error.reason === 'tokenNotForHere') return null;
    throw error;
  }
}
