import { type IncomingHttpHeaders } from 'node:http';
import {
  badBasicCredentials,
  badIdpAccessToken,
  badToken,
  basicAuthDisabled,
  basicAuthNotSupported,
  userBlocked,
} from './auth-errors.js';
import { authenticationFailed, ZoneError } from './errors.js';
import { type ZoneCaveat } from './state.js';
import { readToken, verifiedToken } from './tokens.js';
import { type Zone } from './zone.js';

/** Who a request comes from. Basic credentials cannot be confined: no caveats. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly caveats: readonly ZoneCaveat[];
    };

export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  readonly peer: string;
}

/** Throws a 401 for bad credentials; none at all is an anonymous actor. A token header beats Basic (Onezone contract 4.1). */
export function authenticate(zone: Zone, credentials: Credentials): Actor {
  const token = tokenOf(credentials.headers);
  const basic = schemeOf(credentials.headers, 'Basic ');
  try {
    if (token !== null) return byToken(zone, token, credentials);
    return basic === null ? { kind: 'anonymous' } : byPassword(zone, basic);
  } catch (error) {
    if (error instanceof ZoneError) throw new ZoneError(authenticationFailed(error.spec));
    throw error;
  }
}

/** X-Auth-Token, then Bearer, then Macaroon; scheme names count case. */
function tokenOf(headers: IncomingHttpHeaders): string | null {
  return (
    single(headers['x-auth-token']) ?? schemeOf(headers, 'Bearer ') ?? single(headers['macaroon'])
  );
}

function schemeOf({ authorization }: IncomingHttpHeaders, scheme: string): string | null {
  // Node cuts the blank off a scheme that nothing follows.
  if (authorization === scheme.trim()) return '';
  return authorization?.startsWith(scheme) === true ? authorization.slice(scheme.length) : null;
}

function single(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

function byToken(zone: Zone, text: string, { headers, peer }: Credentials): Actor {
  try {
    const token = verifiedToken(zone.state, text, {
      at: zone.seconds(),
      peer,
      interface: 'rest',
      consumerId: consumerOf(headers),
      allowData: false,
    });
    return { kind: 'user', userId: token.userId, caveats: token.caveats };
  } catch (error) {
    const idp = zone.state.config.supportedIdPs.find(({ id }) => text.startsWith(`${id}/`));
    if (error instanceof ZoneError && error.spec === badToken && idp !== undefined) {
      throw new ZoneError(badIdpAccessToken(idp.id));
    }
    throw error;
  }
}

function consumerOf(headers: IncomingHttpHeaders): string | null {
  const text = single(headers['x-onedata-consumer-token']);
  return text === null ? null : readToken(text).userId;
}

/** The order tells a stranger more than it should, and is the server's: off, then blocked, then disabled, then wrong. */
function byPassword(zone: Zone, encoded: string): Actor {
  const { supportedIdPs } = zone.state.config;
  if (!supportedIdPs.some(({ id }) => id === 'basicAuth')) {
    throw new ZoneError(basicAuthNotSupported);
  }
  const [, username, password] =
    /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const user =
    username === undefined
      ? undefined
      : Object.values(zone.state.users).find((one) => one.username === username);
  if (user === undefined) throw new ZoneError(badBasicCredentials);
  if (user.blocked) throw new ZoneError(userBlocked);
  if (!user.basicAuthEnabled || user.password === null) throw new ZoneError(basicAuthDisabled);
  if (user.password !== password) throw new ZoneError(badBasicCredentials);
  return { kind: 'user', userId: user.userId, caveats: [] };
}
