import type { Api } from './caller.js';
import { OnezoneAuthError } from './errors.js';
import type { ZoneToken } from './onezone.js';
import { at } from './place.js';
import * as schemas from './schemas.js';

export interface CheckedToken {
  readonly userId: string;
  readonly token: ZoneToken;
}

/** Both questions are public and asked without credentials, as a narrow token would not be let ask them. */
export async function checkToken(api: Api, token: string, now: () => Date): Promise<CheckedToken> {
  const examine = at`/tokens/examine`;
  const ttl = await verify(api, token);
  const { subject, persistence, caveats } = await api.query(
    { at: examine, body: { token }, anonymous: true },
    schemas.examinedToken,
  );
  if (subject.type !== 'user' || typeof subject.id !== 'string') {
    const call = { method: 'POST', path: examine.path, write: false };
    throw new OnezoneAuthError(call, { status: 200, reason: 'notAUser', errorId: null });
  }
  const ends = caveats.flatMap(({ validUntil }) => validUntil ?? []);
  if (ends.length === 0 && ttl !== null) ends.push(now().getTime() / 1000 + ttl);
  return {
    userId: subject.id,
    token: {
      expiresAt: ends.length === 0 ? null : new Date(Math.min(...ends) * 1000),
      persistence: persistence ?? null,
      caveats: caveats.map(({ type }) => ({ type })),
    },
  };
}

/** Seconds to live. */
async function verify(api: Api, token: string): Promise<number | null> {
  try {
    const { ttl = null } = await api.query(
      // A token for `rest` alone is refused when the question does not say that it is for that.
      { at: at`/tokens/verify_access_token`, body: { token, interface: 'rest' }, anonymous: true },
      schemas.verifiedToken,
    );
    return ttl;
  } catch (error) {
    // The question cannot say which address or service will use the token. The first real call tells.
    if (error instanceof OnezoneAuthError && error.reason === 'tokenNotForHere') return null;
    throw error;
  }
}
