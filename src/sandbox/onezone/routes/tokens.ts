import { tokenTimeCaveatRequired } from '../auth-errors.js';
import { interfaces } from '../caveats.js';
import { ZoneError } from '../errors.js';
import { mintToken } from '../seed.js';
import { givenToken, newCaveats, newTokenType } from '../token-values.js';
import {
  confined,
  validUntil,
  verifiedIdentity,
  verifiedToken,
  type ZoneToken,
} from '../tokens.js';
import { oneOf, optional, required, text, truth } from '../values.js';
import { dataOf, done, ok, type Reply, selfOf, type Visit } from '../visit.js';
import { type Route } from './route.js';

/** Seconds: thirty days. */
const maxTtl = 2_592_000;

/** Temporary tokens, and what anybody may ask about any token (Onezone contract 4.2, 4.5). */
export const tokenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/user/tokens/temporary',
    operation: 'create token.null.user_temporary_token,{self}:private',
    allow: ['any user'],
    since: '20.02.1',
    run: createTemporary,
  },
  {
    method: 'DELETE',
    path: '/user/tokens/temporary',
    operation: 'delete token.null.user_temporary_tokens,{self}:private',
    allow: ['any user'],
    since: '20.02.1',
    run: (visit) => {
      selfOf(visit).temporaryGeneration += 1;
      return done;
    },
  },
  {
    method: 'POST',
    path: '/tokens/examine',
    operation: 'create token.null.examine:public',
    allow: ['public'],
    since: '20.02.1',
    run: (visit) => ok(examined(required(dataOf(visit), 'token', givenToken).token)),
  },
  {
    method: 'POST',
    path: '/tokens/confine',
    operation: 'create token.null.confine:public',
    allow: ['public'],
    since: '20.02.1',
    run: (visit) => {
      const data = dataOf(visit);
      const caveats = required(data, 'caveats', newCaveats);
      return ok({ token: confined(required(data, 'token', givenToken).text, caveats) });
    },
  },
  {
    method: 'POST',
    path: '/tokens/verify_access_token',
    operation: 'create token.null.verify_access_token:public',
    allow: ['public'],
    since: '20.02.1',
    run: verify,
  },
  {
    method: 'POST',
    path: '/tokens/verify_identity_token',
    operation: 'create token.null.verify_identity_token:public',
    allow: ['public'],
    since: '20.02.1',
    run: verifyIdentity,
  },
  {
    method: 'POST',
    path: '/tokens/infer_access_token_scope',
    operation: 'create token.null.infer_access_token_scope:public',
    allow: ['public'],
    since: '21.02.4',
    run: (visit) => {
      const token = verified(visit, { anyUse: true });
      const readonly = token.caveats.some(({ type }) => type === 'data.readonly');
      const dataAccessScope = { readonly, spaces: {}, providers: {} };
      return ok({ validUntil: validUntil(token), dataAccessScope });
    },
  },
];

function createTemporary(visit: Visit): Reply {
  const { zone } = visit;
  const data = dataOf(visit);
  const caveats = optional(data, 'caveats', newCaveats) ?? [];
  const type = optional(data, 'type', newTokenType) ?? { accessToken: {} };
  const latest = zone.seconds() + maxTtl;
  const times = caveats.map((caveat) => (caveat.type === 'time' ? caveat['validUntil'] : null));
  if (!times.some((time) => typeof time === 'number' && time <= latest)) {
    throw new ZoneError(tokenTimeCaveatRequired(maxTtl));
  }
  const { userId } = selfOf(visit);
  const token = mintToken(zone, { userId, caveats, type, temporary: true });
  return { status: 201, body: { token } };
}

function examined({ domain, id, persistence, userId, type, caveats }: ZoneToken): object {
  const subject = { type: 'user', id: userId };
  return { onezoneDomain: domain, id, persistence, subject, type, caveats };
}

/** Answers what is wrong with the token as 400 and bare: here it is the data, not the credentials. */
function verify(visit: Visit): Reply {
  return subjectOf(visit, verified(visit, { anyUse: false }));
}

function verifyIdentity(visit: Visit): Reply {
  const { state } = visit.zone;
  const data = dataOf(visit);
  const use = {
    at: visit.zone.seconds(),
    peer: optional(data, 'peerIp', text) ?? null,
    interface: optional(data, 'interface', text) ?? null,
    allowData: false,
  };
  const given = required(data, 'token', givenToken);
  const consumer = optional(data, 'consumerToken', givenToken);
  const consumerId =
    consumer === undefined
      ? null
      : verifiedIdentity(state, consumer.text, { ...use, consumerId: null }).userId;
  return subjectOf(visit, verifiedIdentity(state, given.text, { ...use, consumerId }));
}

function subjectOf(visit: Visit, token: ZoneToken): Reply {
  const until = validUntil(token);
  return ok({
    subject: { type: 'user', id: token.userId },
    ttl: until === null ? null : until - visit.zone.seconds(),
  });
}

/** `anyUse`: only what the token allows is asked, not whether it may be used here. */
function verified(visit: Visit, { anyUse }: { readonly anyUse: boolean }): ZoneToken {
  const data = dataOf(visit);
  const given = required(data, 'token', givenToken);
  const consumer = optional(data, 'consumerToken', givenToken);
  const said = optional(data, 'interface', oneOf(interfaces)) ?? null;
  const declared = given.token.caveats.find(({ type }) => type === 'interface')?.['interface'];
  return verifiedToken(visit.zone.state, given.text, {
    at: visit.zone.seconds(),
    peer: optional(data, 'peerIp', text) ?? null,
    interface: anyUse && typeof declared === 'string' ? declared : said,
    consumerId: consumer?.token.userId ?? null,
    allowData: anyUse || (optional(data, 'allowDataAccessCaveats', truth) ?? false),
  });
}
