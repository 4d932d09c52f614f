import { randomBytes } from 'node:crypto';
import { alreadyExists, internalServerError, ZoneError } from '../errors.js';
import { crashReference, newZoneId } from '../ids.js';
import { own } from '../own.js';
import { type ZoneHandle, type ZoneHandleService } from '../state.js';
import { badValueIdNotFound, badValueNotAllowed } from '../value-errors.js';
import { type Data, nonEmptyText, required } from '../values.js';
import {
  dataOf,
  done,
  handleAt,
  idAt,
  ok,
  type Reply,
  selfOf,
  serviceAt,
  type Visit,
} from '../visit.js';
import { type Zone } from '../zone.js';
import { type Route } from './route.js';

/** Handles: just enough that a handle service can have some, and who may register them (Onezone contract 6). */
export const handleRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/handles',
    operation: 'create handle.null.instance:private',
    allow: [{ admin: ['oz_handles_create'] }],
    run: (visit) => register(visit, '/handles'),
  },
  {
    method: 'POST',
    path: '/user/handles',
    operation: 'create handle.null.instance:private',
    allow: ['registers handle', { admin: ['oz_handles_create'] }],
    run: (visit) => register(visit, '/user/handles'),
  },
  {
    method: 'GET',
    path: '/handles',
    operation: 'get handle.null.list:private',
    allow: [{ admin: ['oz_handles_list'] }],
    run: ({ zone }) => ok({ handles: Object.keys(zone.state.handles) }),
  },
  {
    method: 'GET',
    path: '/user/handles',
    operation: 'get user.{self}.handles:private',
    allow: ['any user'],
    run: (visit) => {
      const { userId } = selfOf(visit);
      return listed(visit, ({ creator }) => creator === userId);
    },
  },
  {
    method: 'GET',
    path: '/handles/{handle}',
    operation: 'get handle.{handle}.instance:protected',
    allow: ['manages handle', { admin: ['oz_handles_view'] }],
    run: showHandle,
  },
  {
    method: 'DELETE',
    path: '/handles/{handle}',
    operation: 'delete handle.{handle}.instance:private',
    allow: ['manages handle', { admin: ['oz_handles_delete'] }],
    run: (visit) => {
      Reflect.deleteProperty(visit.zone.state.handles, idAt(visit, 'handle'));
      return done;
    },
  },
  {
    method: 'GET',
    path: '/handle_services/{hs}/handles',
    operation: 'get handleService.{hs}.handles:private',
    allow: ['lists handles', { admin: ['oz_handle_services_list_relationships'] }],
    run: (visit) => {
      const { handleServiceId } = serviceAt(visit);
      return listed(visit, (handle) => handle.handleServiceId === handleServiceId);
    },
  },
  {
    method: 'GET',
    path: '/handle_services/{hs}/handles/{handle}',
    operation: 'get handle.{handle}.instance:protected',
    allow: [{ member: 'handle_service_view' }, { admin: ['oz_handles_view'] }],
    exists: (visit) => handleAt(visit).handleServiceId === serviceAt(visit).handleServiceId,
    run: showHandle,
  },
];

function listed({ zone }: Visit, wanted: (handle: ZoneHandle) => boolean): Reply {
  const handles = Object.values(zone.state.handles).filter(wanted);
  return ok({ handles: handles.map(({ handleId }) => handleId) });
}

function showHandle(visit: Visit): Reply {
  const { metadataPrefix, ...handle } = handleAt(visit);
  const { metadataKey } = visit.zone.profile;
  return ok(metadataKey === null ? handle : { ...handle, [metadataKey]: metadataPrefix });
}

function register(visit: Visit, path: string): Reply {
  const { zone } = visit;
  const data = dataOf(visit);
  const service = required(data, 'handleServiceId', (id) => knownService(zone, id));
  const metadata = required(data, 'metadata', nonEmptyText);
  const metadataPrefix = metadataPrefixOf(zone, data);
  const resourceId = required(data, 'resourceId', nonEmptyText);
  const resourceType = required(data, 'resourceType', oneOf(['Share']));
  if (Object.values(zone.state.handles).some((handle) => handle.resourceId === resourceId)) {
    throw new ZoneError(alreadyExists);
  }
  const handleId = newZoneId();
  zone.state.handles[handleId] = {
    ...{ handleId, handleServiceId: service.handleServiceId, resourceType, resourceId },
    ...{ metadataPrefix, metadata, publicHandle: publicHandle(zone, service) },
    creator: selfOf(visit).userId,
    creationTime: zone.seconds(),
  };
  return { status: 201, location: `${path}/${handleId}` };
}

function knownService(zone: Zone, id: unknown): ZoneHandleService {
  const service = typeof id === 'string' ? own(zone.state.handleServices, id) : undefined;
  if (service === undefined) throw new ZoneError(badValueIdNotFound('handleServiceId'));
  return service;
}

function metadataPrefixOf(zone: Zone, data: Data): string {
  const { metadataKey } = zone.profile;
  const known = ['oai_dc', ...(metadataKey === 'metadataSchema' ? ['oai_datacite'] : []), 'edm'];
  return metadataKey === null ? 'oai_dc' : required(data, metadataKey, oneOf(known));
}

function oneOf(allowed: readonly string[]) {
  return (value: unknown, key: string): string => {
    if (typeof value === 'string' && allowed.includes(value)) return value;
    throw new ZoneError(badValueNotAllowed(key, allowed));
  };
}

/** Where wrong service properties come to light at last: the server crashes on a missing type or a prefix that is no text. */
function publicHandle(zone: Zone, service: ZoneHandleService): string {
  const { type } = service.serviceProperties;
  const prefix = prefixOf(service);
  if (typeof type !== 'string' || (type === 'DOI' && prefix === null)) {
    throw new ZoneError(internalServerError(zone.profile.crashReference ? crashReference() : null));
  }
  const name = `${prefix ?? 'unknown'}/${randomBytes(4).toString('hex')}`;
  return type === 'DOI' ? `doi:${name}` : `http://hdl.handle.net/${name}`;
}

function prefixOf({ serviceProperties: { prefix } }: ZoneHandleService): string | null {
  return typeof prefix === 'string' ? prefix : null;
}
