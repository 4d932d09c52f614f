import { hasUser, servicesOfGroup } from '../membership.js';
import { own } from '../own.js';
import { type ZoneHandleService } from '../state.js';
import { done, groupAt, idAt, ok, type Reply, selfOf, serviceAt, type Visit } from '../visit.js';
import {
  createdAt,
  createdService,
  creates,
  everything,
  instance,
  showService,
} from './handle-services.js';
import { type Route } from './route.js';

/** Handle services as one user or one group has them (Onezone contract 2, routes 25 to 30). */
export const ownHandleServiceRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/user/handle_services',
    operation: creates,
    allow: [{ admin: ['oz_handle_services_create'] }],
    run: (visit) => {
      const service = createdService(visit);
      service.users[selfOf(visit).userId] = everything(visit.zone);
      return createdAt('/user/handle_services', service);
    },
  },
  {
    method: 'GET',
    path: '/user/handle_services',
    operation: 'get user.{self}.handle_services:private',
    allow: ['any user'],
    run: (visit) => {
      const { userId } = selfOf(visit);
      return listed(visit, (service) => Object.hasOwn(service.users, userId));
    },
  },
  {
    method: 'GET',
    path: '/user/effective_handle_services',
    operation: 'get user.{self}.eff_handle_services:private',
    allow: ['any user'],
    run: (visit) => {
      const { userId } = selfOf(visit);
      return listed(visit, (service) => hasUser(visit.zone.state, service, userId));
    },
  },
  ...['/user/handle_services/{hs}', '/user/effective_handle_services/{hs}'].map(ownService),
  {
    method: 'DELETE',
    path: '/user/handle_services/{hs}',
    operation: 'delete user.{self}.handle_service,{hs}:private',
    allow: ['any user'],
    exists: (visit) => {
      const service = own(visit.zone.state.handleServices, idAt(visit, 'hs'));
      return service !== undefined && Object.hasOwn(service.users, selfOf(visit).userId);
    },
    run: (visit) => {
      Reflect.deleteProperty(serviceAt(visit).users, selfOf(visit).userId);
      return done;
    },
  },
  {
    method: 'POST',
    path: '/groups/{group}/handle_services',
    operation: creates,
    allow: [
      { all: [{ group: 'group_create_handle_service' }, { admin: ['oz_handle_services_create'] }] },
      { admin: ['oz_handle_services_create', 'oz_groups_add_relationships'] },
    ],
    run: (visit) => {
      const service = createdService(visit);
      // Only now does the server look for the group: the service stays behind if there is none.
      const { groupId } = groupAt(visit);
      service.groups[groupId] = everything(visit.zone);
      return createdAt(`/groups/${groupId}/handle_services`, service);
    },
  },
  ...(['direct', 'effective'] as const).flatMap(groupServices),
  {
    method: 'DELETE',
    path: '/groups/{group}/handle_services/{hs}',
    operation: 'delete group.{group}.handle_service,{hs}:private',
    allow: [
      { group: 'group_leave_handle_service' },
      { admin: ['oz_handle_services_remove_relationships', 'oz_groups_remove_relationships'] },
    ],
    exists: (visit) => groupHas(visit, 'direct'),
    run: (visit) => {
      Reflect.deleteProperty(serviceAt(visit).groups, idAt(visit, 'group'));
      return done;
    },
  },
];

function ownService(path: string): Route {
  return {
    method: 'GET',
    path,
    operation: instance,
    allow: ['any user'],
    exists: (visit) => hasUser(visit.zone.state, serviceAt(visit), selfOf(visit).userId),
    run: showService,
  };
}

function groupServices(reach: 'direct' | 'effective'): readonly Route[] {
  const path =
    reach === 'direct'
      ? '/groups/{group}/handle_services'
      : '/groups/{group}/effective_handle_services';
  const aspect = reach === 'direct' ? 'handle_services' : 'eff_handle_services';
  return [
    {
      method: 'GET',
      path,
      operation: `get group.{group}.${aspect}:private`,
      allow: [{ group: 'group_view' }, { admin: ['oz_groups_list_relationships'] }],
      run: (visit) => {
        const services = servicesOfGroup(visit.zone.state, idAt(visit, 'group'), reach);
        return ok({ handle_services: services.map(({ handleServiceId }) => handleServiceId) });
      },
    },
    {
      method: 'GET',
      path: `${path}/{hs}`,
      operation: instance,
      allow: ['in group', { admin: ['oz_handle_services_view'] }],
      exists: (visit) => groupHas(visit, 'effective'),
      run: showService,
    },
  ];
}

function groupHas(visit: Visit, reach: 'direct' | 'effective'): boolean {
  const services = servicesOfGroup(visit.zone.state, idAt(visit, 'group'), reach);
  return services.some(({ handleServiceId }) => handleServiceId === idAt(visit, 'hs'));
}

function listed(visit: Visit, wanted: (service: ZoneHandleService) => boolean): Reply {
  const services = Object.values(visit.zone.state.handleServices).filter(wanted);
  return ok({ handle_services: services.map(({ handleServiceId }) => handleServiceId) });
}
