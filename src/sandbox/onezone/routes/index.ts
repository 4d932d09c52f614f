import { type Profile } from '../version.js';
import { groupRoutes } from './groups.js';
import { handleServiceRoutes } from './handle-services.js';
import { handleRoutes } from './handles.js';
import { memberRoutes } from './members.js';
import { namedTokenRoutes } from './named-tokens.js';
import { ownHandleServiceRoutes } from './own-handle-services.js';
import { type Route } from './route.js';
import { tokenRoutes } from './tokens.js';
import { userRoutes } from './users.js';
import { zoneRoutes } from './zone.js';

/** Every route of one version. A path that could be read two ways is found by the earlier one. */
export function routesOf(profile: Profile): readonly Route[] {
  return [
    ...zoneRoutes,
    ...handleServiceRoutes,
    ...ownHandleServiceRoutes,
    ...memberRoutes,
    ...userRoutes,
    ...groupRoutes,
    ...namedTokenRoutes,
    ...tokenRoutes,
    ...handleRoutes,
  ].filter(({ since }) => since === undefined || profile.atLeast(since));
}
