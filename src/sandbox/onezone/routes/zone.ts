import { ZoneError } from '../errors.js';
import { idOfIdpUser } from '../ids.js';
import { badValueIdNotFound } from '../value-errors.js';
import { nonEmptyText, required } from '../values.js';
import { dataOf, ok } from '../visit.js';
import { type Zone } from '../zone.js';
import { type Route } from './route.js';

export const zoneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/configuration',
    operation: 'get oz_worker.null.configuration:private',
    allow: ['public'],
    run: ({ zone }) => ok(configuration(zone)),
  },
  {
    method: 'GET',
    path: '/health',
    operation: 'get oz_worker.null.health:private',
    allow: ['public'],
    since: '21.02.0',
    run: () => ok({ status: 'healthy' }),
  },
  {
    method: 'POST',
    path: '/provider/public/map_idp_user',
    operation: 'create provider.null.map_idp_user:public',
    allow: ['public'],
    // The id is computed: whether anybody has it is not looked at.
    run: (visit) => {
      const data = dataOf(visit);
      const idp = required(data, 'idp', nonEmptyText);
      if (!visit.zone.state.config.supportedIdPs.some(({ id }) => id === idp)) {
        throw new ZoneError(badValueIdNotFound('idp'));
      }
      return ok({ userId: idOfIdpUser(idp, required(data, 'userId', nonEmptyText)) });
    },
  },
];

/** What a client learns about the server before it has credentials; grew with the versions (Onezone contract 1.6). */
export function configuration({ state, profile }: Zone): object {
  const { name, domain, build, supportedIdPs } = state.config;
  const { version } = profile;
  return {
    ...{ name, version, build, domain, subdomainDelegationSupported: true, supportedIdPs },
    ...(profile.atLeast('20.02.0') ? { compatibilityRegistryRevision: 2022122100 } : {}),
    compatibleOneproviderVersions: [version],
    ...(profile.atLeast('21.02.0')
      ? {
          openDataXrootdServerDomain: null,
          bagitUploaderWorkflowSchemaId: null,
          availableSpaceTags: { general: ['archival'], domains: ['agriculture'] },
        }
      : {}),
  };
}
