import type { Logger } from 'pino';
import type { Chat } from '../chat.js';
import type { ZoneUser } from '../onezone/onezone.js';
import type { Policy } from '../requests/policy.js';
import type { OnezoneId } from '../requests/request.js';
import type { Store } from '../store/store.js';
import { identify } from './identify.js';
import { link, unlink } from './link.js';
import type { People } from './people.js';
import { resolveLink } from './resolve-link.js';
import { search } from './search.js';
import { actor, withRoles } from './standing.js';

export interface PeopleDeps {
  readonly store: Pick<Store, 'links' | 'directory'>;
  readonly chat: Pick<Chat, 'profile' | 'groupMembers'>;
  /** Asked at every call, so that a reloaded policy counts at once. */
  readonly policy: () => Policy;
  readonly now: () => Date;
  /** Reads a user from the zone, before a link to it is stored; without it the directory has to do. */
  readonly readUser?: (id: OnezoneId) => Promise<ZoneUser>;
  readonly log?: Pick<Logger, 'warn'>;
}

/**
 * What Slack or the store throws comes through: a standing, a role or an identity that could not be read is never guessed.
 */
export function createPeople(deps: PeopleDeps): People {
  return {
    actor: (user, options) => actor(deps, user, options),
    withRoles: (roles) => withRoles(deps, roles),
    identify: (user) => identify(deps, user),
    search: (text, limit) => search(deps, text, limit),
    candidates: (question) => resolveLink(deps, question),
    link: (asked) => link(deps, asked),
    unlink: (user, by) => unlink(deps, user, by),
  };
}
