import { ZoneError } from '../errors.js';
import { mintToken } from '../seed.js';
import { type ZoneNamedToken, type ZoneState } from '../state.js';
import { newCaveats, newTokenType } from '../token-values.js';
import { namedTokenString } from '../tokens.js';
import { badValueIdentifierOccupied } from '../value-errors.js';
import { anyObject, nameOf, optional, required, requireOneOf, truth } from '../values.js';
import {
  dataOf,
  done,
  idAt,
  namedTokenAt,
  ok,
  type Reply,
  selfOf,
  userAt,
  type Visit,
} from '../visit.js';
import { type Route } from './route.js';

const ownerOrAdmin = ['token owner', { admin: ['oz_tokens_manage'] }] as const;

/** Named tokens: revocable one by one, and readable again by their owner (Onezone contract 4.2). */
export const namedTokenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/user/tokens/named',
    operation: 'create token.null.user_named_token,{self}:private',
    allow: ['any user'],
    since: '20.02.1',
    run: (visit) => createNamed(visit, { owner: selfOf(visit).userId, below: '/user' }),
  },
  {
    method: 'GET',
    path: '/user/tokens/named',
    operation: 'get token.null.user_named_tokens,{self}:private',
    allow: ['any user'],
    since: '20.02.1',
    run: (visit) =>
      ok({ tokens: ownTokens(visit, selfOf(visit).userId).map((one) => one.tokenId) }),
  },
  {
    method: 'GET',
    path: '/user/tokens/named/name/{name}',
    operation: 'get token.null.user_named_token,{name}:private',
    allow: ['any user'],
    since: '20.02.1',
    exists: (visit) => tokenByName(visit) !== undefined,
    run: (visit) => {
      const token = tokenByName(visit);
      return ok(token === undefined ? {} : shown(visit.zone.state, token));
    },
  },
  {
    method: 'POST',
    path: '/users/{user}/tokens/named',
    operation: 'create token.null.user_named_token,{user}:private',
    allow: ['self', { admin: ['oz_tokens_manage'] }],
    since: '20.02.1',
    run: (visit) => {
      const { userId } = userAt(visit);
      return createNamed(visit, { owner: userId, below: `/users/${userId}` });
    },
  },
  {
    method: 'GET',
    path: '/tokens/named/{token}',
    operation: 'get token.{token}.instance:private',
    allow: ownerOrAdmin,
    since: '20.02.1',
    run: (visit) => ok(shown(visit.zone.state, namedTokenAt(visit))),
  },
  {
    method: 'PATCH',
    path: '/tokens/named/{token}',
    operation: 'update token.{token}.instance:private',
    allow: ownerOrAdmin,
    since: '20.02.1',
    run: updateNamed,
  },
  {
    method: 'DELETE',
    path: '/tokens/named/{token}',
    operation: 'delete token.{token}.instance:private',
    allow: ownerOrAdmin,
    since: '20.02.1',
    run: (visit) => {
      Reflect.deleteProperty(visit.zone.state.tokens, idAt(visit, 'token'));
      return done;
    },
  },
];

interface Owner {
  readonly owner: string;
  /** Path the new token is told to live under. */
  readonly below: string;
}

function createNamed(visit: Visit, { owner, below }: Owner): Reply {
  const { zone } = visit;
  const data = dataOf(visit);
  const name = required(data, 'name', freeName(visit, owner));
  const caveats = optional(data, 'caveats', newCaveats) ?? [];
  const customMetadata = optional(data, 'customMetadata', anyObject) ?? {};
  const revoked = optional(data, 'revoked', truth) ?? false;
  const type = optional(data, 'type', newTokenType) ?? { accessToken: {} };
  const token = mintToken(zone, { userId: owner, name, caveats, type, revoked });
  const added = ownTokens(visit, owner).find((one) => one.name === name);
  if (added === undefined) throw new Error('the token just minted is gone');
  added.customMetadata = customMetadata;
  const location = `${below}/tokens/named/${added.tokenId}`;
  return { status: 201, location, body: { tokenId: added.tokenId, token } };
}

function updateNamed(visit: Visit): Reply {
  const data = dataOf(visit);
  const token = namedTokenAt(visit);
  const customMetadata = optional(data, 'customMetadata', anyObject) ?? token.customMetadata;
  const name = optional(data, 'name', freeName(visit, token.userId)) ?? token.name;
  const revoked = optional(data, 'revoked', truth) ?? token.revoked;
  requireOneOf(data, ['customMetadata', 'name', 'revoked']);
  Object.assign(token, { customMetadata, name, revoked });
  return done;
}

/** A name is free when no other token of the same owner has it. */
function freeName(visit: Visit, owner: string) {
  return (value: unknown, key: string): string => {
    const name = nameOf(visit.zone.profile)(value, key);
    const taken = ownTokens(visit, owner).find((token) => token.name === name);
    if (taken !== undefined && taken.tokenId !== visit.ids['token']) {
      throw new ZoneError(badValueIdentifierOccupied('name'));
    }
    return name;
  };
}

function ownTokens(visit: Visit, owner: string): readonly ZoneNamedToken[] {
  return Object.values(visit.zone.state.tokens).filter((token) => token.userId === owner);
}

function tokenByName(visit: Visit): ZoneNamedToken | undefined {
  const name = idAt(visit, 'name');
  return ownTokens(visit, selfOf(visit).userId).find((token) => token.name === name);
}

function shown(state: ZoneState, token: ZoneNamedToken): object {
  const { tokenId, name, userId, type, caveats, customMetadata, revoked, creationTime } = token;
  return {
    ...{ id: tokenId, name, subject: { type: 'user', id: userId }, type, caveats },
    ...{ customMetadata, revoked, metadata: { creationTime } },
    token: namedTokenString(state, token),
  };
}
