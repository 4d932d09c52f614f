import { type Actor } from './authenticate.js';
import { malformedData, notFound, unauthorized, ZoneError } from './errors.js';
import { own } from './own.js';
import {
  type ZoneGroup,
  type ZoneHandle,
  type ZoneHandleService,
  type ZoneNamedToken,
  type ZoneUser,
} from './state.js';
import { type Zone } from './zone.js';

/** One request that found its route and its actor. */
export interface Visit {
  readonly zone: Zone;
  /** The `{…}` segments of the route's path. */
  readonly ids: Readonly<Record<string, string>>;
  readonly actor: Actor;
  /** The body; `{}` when there was none. */
  readonly json: unknown;
}

export type Reply =
  | { readonly status: 200; readonly body: object }
  /** `location` is the path below the REST prefix. */
  | { readonly status: 201; readonly location?: string; readonly body?: object }
  | { readonly status: 204 };

export function ok(body: object): Reply {
  return { status: 200, body };
}

export const done: Reply = { status: 204 };

/** Throws where the route has no such segment: a mistake in the table, not in the request. */
export function idAt(visit: Visit, name: string): string {
  const id = visit.ids[name];
  if (id === undefined) throw new Error(`the route's path has no {${name}}`);
  return id;
}

export function serviceAt(visit: Visit): ZoneHandleService {
  return found(own(visit.zone.state.handleServices, idAt(visit, 'hs')));
}

export function groupAt(visit: Visit): ZoneGroup {
  return found(own(visit.zone.state.groups, idAt(visit, 'group')));
}

export function userAt(visit: Visit): ZoneUser {
  return found(own(visit.zone.state.users, idAt(visit, 'user')));
}

export function handleAt(visit: Visit): ZoneHandle {
  return found(own(visit.zone.state.handles, idAt(visit, 'handle')));
}

export function namedTokenAt(visit: Visit): ZoneNamedToken {
  return found(own(visit.zone.state.tokens, idAt(visit, 'token')));
}

/** The actor as a user; throws `unauthorized` for anonymous. */
export function selfOf(visit: Visit): ZoneUser {
  if (visit.actor.kind === 'anonymous') throw new ZoneError(unauthorized);
  return found(own(visit.zone.state.users, visit.actor.userId));
}

/** The body as an object. JSON that is none is only noticed here, after authorization. */
export function dataOf(visit: Visit): Readonly<Record<string, unknown>> {
  if (!isObject(visit.json)) throw new ZoneError(malformedData);
  return visit.json;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function found<T>(entity: T | undefined): T {
  if (entity === undefined) throw new ZoneError(notFound);
  return entity;
}
