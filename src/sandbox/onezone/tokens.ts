import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
  badToken,
  notAnAccessToken,
  notAnIdentityToken,
  tokenCaveatUnverified,
  tokenInvalid,
  tokenRevoked,
  tokenSizeLimit,
  tokenSubjectInvalid,
  tokenTooLarge,
  userBlocked,
} from './auth-errors.js';
import { unverified, type Use } from './caveats.js';
import { ZoneError } from './errors.js';
import { own } from './own.js';
import { caveatSchema, type ZoneCaveat, type ZoneNamedToken, type ZoneState } from './state.js';
import { isAccessToken, isIdentityToken } from './token-type.js';

/**
 * What a token string carries, like a macaroon: who it stands for, its caveats, and a signature chained over them. So
 * anybody may append a caveat, nobody can take one away, and it can be examined when the server has forgotten it.
 */
const tokenSchema = z.object({
  domain: z.string(),
  id: z.string(),
  persistence: z.enum(['named', 'temporary']),
  userId: z.string(),
  generation: z.number().int(),
  type: z.record(z.string(), z.json()),
  caveats: z.array(caveatSchema),
  signature: z.string(),
});

export type ZoneToken = z.infer<typeof tokenSchema>;

export function namedTokenString(state: ZoneState, token: ZoneNamedToken): string {
  return signed(token.secret, {
    domain: state.config.domain,
    id: token.tokenId,
    persistence: 'named',
    userId: token.userId,
    generation: 0,
    type: token.type,
    caveats: token.caveats,
  });
}

export interface TemporaryToken {
  readonly id: string;
  readonly userId: string;
  readonly type: ZoneToken['type'];
  readonly caveats: readonly ZoneCaveat[];
}

export function temporaryTokenString(state: ZoneState, token: TemporaryToken): string {
  return signed(state.config.tokenSecret, {
    domain: state.config.domain,
    id: token.id,
    persistence: 'temporary',
    userId: token.userId,
    generation: own(state.users, token.userId)?.temporaryGeneration ?? 0,
    type: token.type,
    caveats: [...token.caveats],
  });
}

/** Throws `badToken` or `tokenTooLarge`; says nothing about whether the token is still good. */
export function readToken(text: string): ZoneToken {
  if (text.length > tokenSizeLimit) throw new ZoneError(tokenTooLarge);
  const read = tokenSchema.safeParse(unpacked(text));
  if (!read.success) throw new ZoneError(badToken);
  return read.data;
}

export function confined(text: string, caveats: readonly ZoneCaveat[]): string {
  const token = readToken(text);
  return packed({
    ...token,
    caveats: [...token.caveats, ...caveats],
    signature: caveats.reduce(chained, token.signature),
  });
}

/** The token if it is good for this use, else throws the bare auth error. Order: revoked, signature, caveats, subject. */
export function verifiedToken(state: ZoneState, text: string, use: Use): ZoneToken {
  const token = readToken(text);
  if (!isAccessToken(token.type)) throw new ZoneError(notAnAccessToken(token.type));
  return mustBeGood(state, token, use);
}

/** The same for a token that only says who made it. */
export function verifiedIdentity(state: ZoneState, text: string, use: Use): ZoneToken {
  const token = readToken(text);
  if (!isIdentityToken(token.type)) throw new ZoneError(notAnIdentityToken(token.type));
  return mustBeGood(state, token, use);
}

function mustBeGood(state: ZoneState, token: ZoneToken, use: Use): ZoneToken {
  if (token.signature !== signatureOf(secretOf(state, token), token)) {
    throw new ZoneError(tokenInvalid);
  }
  for (const caveat of token.caveats) {
    const why = unverified(caveat, use);
    if (why !== null) throw new ZoneError(tokenCaveatUnverified(caveat, why));
  }
  const user = own(state.users, token.userId);
  if (user === undefined) throw new ZoneError(tokenSubjectInvalid);
  if (user.blocked) throw new ZoneError(userBlocked);
  return token;
}

/** Unix seconds; `null` = it never expires. */
export function validUntil(token: ZoneToken): number | null {
  const times = token.caveats.flatMap((caveat) =>
    caveat.type === 'time' && typeof caveat['validUntil'] === 'number'
      ? [caveat['validUntil']]
      : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

function secretOf(state: ZoneState, token: ZoneToken): string {
  if (token.persistence === 'named') {
    const named = own(state.tokens, token.id);
    if (named === undefined) throw new ZoneError(tokenInvalid);
    if (named.revoked) throw new ZoneError(tokenRevoked);
    return named.secret;
  }
  const generation = own(state.users, token.userId)?.temporaryGeneration;
  if (generation !== undefined && generation !== token.generation) {
    throw new ZoneError(tokenRevoked);
  }
  return state.config.tokenSecret;
}

type Unsigned = Omit<ZoneToken, 'signature'>;

function signed(secret: string, token: Unsigned): string {
  return packed({ ...token, signature: signatureOf(secret, token) });
}

function signatureOf(secret: string, token: Unsigned): string {
  const { domain, id, persistence, userId, generation, type } = token;
  const head = JSON.stringify([domain, id, persistence, userId, generation, type]);
  return token.caveats.reduce(chained, hmac(secret, head));
}

function chained(signature: string, caveat: ZoneCaveat): string {
  return hmac(signature, JSON.stringify(caveat));
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** The first letters of every token a real Onezone gives out. */
const start = 'MDAx';

function packed(token: ZoneToken): string {
  return start + Buffer.from(JSON.stringify(token)).toString('base64url');
}

function unpacked(text: string): unknown {
  if (!text.startsWith(start)) return null;
  try {
    return JSON.parse(Buffer.from(text.slice(start.length), 'base64url').toString());
  } catch {
    return null;
  }
}
