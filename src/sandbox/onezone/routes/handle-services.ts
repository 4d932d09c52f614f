import { cannotDeleteNonEmptyHandleService, ZoneError } from '../errors.js';
import { newZoneId } from '../ids.js';
import { handleServicePrivileges } from '../privileges.js';
import { type ZoneHandleService } from '../state.js';
import {
  nameOf,
  nonEmptyObject,
  nonEmptyText,
  optional,
  required,
  requireOneOf,
} from '../values.js';
import { dataOf, done, ok, type Reply, selfOf, serviceAt, type Visit } from '../visit.js';
import { type Zone } from '../zone.js';
import { type Route } from './route.js';

export const creates = 'create handleService.null.instance:private';
export const instance = 'get handleService.{hs}.instance:protected';

/** Handle services themselves, and by whom they are reached (Onezone contract 2). */
export const handleServiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/handle_services/privileges',
    operation: 'get handleService.null.privileges:private',
    allow: ['public'],
    since: '19.02.0',
    run: ({ zone }) => ok(handleServicePrivileges(zone.profile)),
  },
  {
    method: 'POST',
    path: '/handle_services',
    operation: creates,
    allow: [{ admin: ['oz_handle_services_create'] }],
    run: (visit) => {
      const service = createdService(visit);
      if (!visit.zone.profile.createJoinsCreator) return createdAt('/handle_services', service);
      service.users[selfOf(visit).userId] = everything(visit.zone);
      return createdAt('/user/handle_services', service);
    },
  },
  {
    method: 'GET',
    path: '/handle_services',
    operation: 'get handleService.null.list:private',
    allow: [{ admin: ['oz_handle_services_list'] }],
    run: ({ zone }) => ok({ handle_services: Object.keys(zone.state.handleServices) }),
  },
  {
    method: 'GET',
    path: '/handle_services/{hs}',
    operation: instance,
    allow: [
      'member',
      { admin: ['oz_handle_services_list'] },
      { admin: ['oz_handle_services_view'] },
    ],
    run: showService,
  },
  {
    method: 'PATCH',
    path: '/handle_services/{hs}',
    operation: 'update handleService.{hs}.instance:private',
    allow: [{ member: 'handle_service_update' }, { admin: ['oz_handle_services_update'] }],
    run: updateService,
  },
  {
    method: 'DELETE',
    path: '/handle_services/{hs}',
    operation: 'delete handleService.{hs}.instance:private',
    allow: [{ member: 'handle_service_delete' }, { admin: ['oz_handle_services_delete'] }],
    run: deleteService,
  },
  {
    method: 'GET',
    path: '/handle_services/{hs}/public',
    operation: 'get handleService.{hs}.instance:public',
    allow: ['public'],
    since: '21.02.6',
    run: (visit) => {
      const { handleServiceId, name } = serviceAt(visit);
      return ok({ handleServiceId, name });
    },
  },
];

export function showService(visit: Visit): Reply {
  const { handleServiceId, name, proxyEndpoint, serviceProperties, creator, creationTime } =
    serviceAt(visit);
  const origin = visit.zone.profile.knowsCreator ? { creator, creationTime } : {};
  return ok({ handleServiceId, name, proxyEndpoint, serviceProperties, ...origin });
}

/** A new handle service with no members at all. */
export function createdService(visit: Visit): ZoneHandleService {
  const { zone } = visit;
  const data = dataOf(visit);
  const service: ZoneHandleService = {
    handleServiceId: newZoneId(),
    name: required(data, 'name', nameOf(zone.profile)),
    proxyEndpoint: required(data, 'proxyEndpoint', nonEmptyText),
    serviceProperties: required(data, 'serviceProperties', nonEmptyObject),
    users: {},
    groups: {},
    creator: { type: 'user', id: selfOf(visit).userId },
    creationTime: zone.seconds(),
  };
  zone.state.handleServices[service.handleServiceId] = service;
  return service;
}

function updateService(visit: Visit): Reply {
  const data = dataOf(visit);
  const service = serviceAt(visit);
  const name = optional(data, 'name', nameOf(visit.zone.profile));
  const proxyEndpoint = optional(data, 'proxyEndpoint', nonEmptyText);
  const serviceProperties = optional(data, 'serviceProperties', nonEmptyObject);
  requireOneOf(data, ['name', 'proxyEndpoint', 'serviceProperties']);
  Object.assign(service, {
    name: name ?? service.name,
    proxyEndpoint: proxyEndpoint ?? service.proxyEndpoint,
    serviceProperties: serviceProperties ?? service.serviceProperties,
  });
  return done;
}

function deleteService(visit: Visit): Reply {
  const { state, profile } = visit.zone;
  const { handleServiceId } = serviceAt(visit);
  const handles = Object.values(state.handles).filter(
    (handle) => handle.handleServiceId === handleServiceId,
  );
  if (handles.length > 0 && profile.keepsServicesWithHandles) {
    throw new ZoneError(cannotDeleteNonEmptyHandleService);
  }
  for (const { handleId } of handles) Reflect.deleteProperty(state.handles, handleId);
  Reflect.deleteProperty(state.handleServices, handleServiceId);
  return done;
}

/** All privileges there are, as whoever a service is created for gets them. */
export function everything(zone: Zone): string[] {
  return [...handleServicePrivileges(zone.profile).admin];
}

/** 201 with where the new service is told to be. */
export function createdAt(path: string, { handleServiceId }: ZoneHandleService): Reply {
  return { status: 201, location: `${path}/${handleServiceId}` };
}
