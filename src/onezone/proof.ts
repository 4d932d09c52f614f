import { path } from './api-path.js';
import type { Api } from './caller.js';
import type { Connection } from './connect.js';
import { isOutage, OnezoneAuthError, OnezoneError } from './errors.js';
import type { Onezone, ProvenIdentity } from './onezone.js';
import * as schemas from './schemas.js';

/** Of the desk's own token, in seconds: it is used at once. */
const CONSUMER_TTL = 60;

export function createProof(
  connected: () => Promise<Connection>,
): Pick<Onezone, 'verifyIdentityToken'> {
  return {
    async verifyIdentityToken(token) {
      const { api } = await connected();
      try {
        return await verify(api, { token });
      } catch (error) {
        const why = whyNot(error);
        if (why !== 'not for here') return { kind: 'refused', why };
      }
      return verifyAsConsumer(api, token);
    },
  };
}

async function verify(api: Api, body: object): Promise<ProvenIdentity> {
  // Public, and sent anonymously: a token confined by an `api` caveat would be refused.
  const { subject, ttl = null } = await api.query(
    { path: path`/tokens/verify_identity_token`, body, anonymous: true },
    schemas.verifiedToken,
  );
  return subject.type === 'user' && typeof subject.id === 'string'
    ? { kind: 'user', id: subject.id, ttl }
    : { kind: 'refused', why: 'not a user' };
}

/** The token may be good for the desk alone, which then has to prove in turn who it is. */
async function verifyAsConsumer(api: Api, token: string): Promise<ProvenIdentity> {
  try {
    const validUntil = Math.floor(Date.now() / 1000) + CONSUMER_TTL;
    const own = await api.query(
      {
        path: path`/user/tokens/temporary`,
        body: { type: { identityToken: {} }, caveats: [{ type: 'time', validUntil }] },
      },
      schemas.newToken,
    );
    return await verify(api, { token, consumerToken: own });
  } catch (error) {
    if (isOutage(error)) throw error;
    return { kind: 'refused', why: 'not for here' };
  }
}

type Why = Extract<ProvenIdentity, { kind: 'refused' }>['why'];

/** Throws what says nothing about the token. */
function whyNot(error: unknown): Why {
  if (error instanceof OnezoneError && error.errorId === 'notAnIdentityToken') {
    return 'another kind';
  }
  if (error instanceof OnezoneError && error.isPermanent && error.status === 400) return 'not good';
  if (!(error instanceof OnezoneAuthError)) throw error;
  switch (error.reason) {
    case 'tokenExpired':
      return 'expired';
    case 'tokenRevoked':
      return 'revoked';
    case 'userBlocked':
      return 'blocked';
    case 'tokenNotForHere':
    case 'tokenTooNarrow':
      return 'not for here';
    case 'badCredentials':
    case 'noCredentials':
    case 'basicAuthDisabled':
    case 'basicAuthNotSupported':
      return 'not good';
    case 'notAUser':
      return 'not a user';
  }
}
