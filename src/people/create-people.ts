import type { Logger } from 'pino';
import type { Chat } from '../chat.js';
import type { ZoneUser } from '../onezone/onezone.js';
import type { Policy } from '../requests/policy.js';
import type { OnezoneId } from '../requests/request.js';
import type { Store } from '../store/store.js';
import { identify } from './identify.js';
import { link, mustBeLinkable, prepareLink, prepareUnlink } from './link.js';
import type { People } from './people.js';
import { resolveLink } from './resolve-link.js';
import { search } from './search.js';
import { actor, actors, withRoles } from './standing.js';
import { voice } from './voice.js';

export interface PeopleDeps {
  readonly store: Pick<Store, 'links' | 'directory'>;
  readonly chat: Pick<Chat, 'profile' | 'groupMembers'>;
  /** Called every time, so that a reloaded policy applies at once. */
  readonly policy: () => Policy;
  readonly now: () => Date;
  /** Confirms a user before a link to it is stored; without it only the directory is used. */
  readonly readUser?: (id: OnezoneId) => Promise<ZoneUser>;
  readonly log?: Pick<Logger, 'warn'>;
  /** Told of each look at a user group: why it cannot be read, or null. Must not fail. */
  readonly onGroup?: (group: string, unreadable: string | null) => Promise<void>;
}

/** Errors of Slack and the store propagate: a standing, role or identity that cannot be read is never guessed. */
export function createPeople(deps: PeopleDeps): People {
  return {
    actor: (user, options) => actor(deps, user, options),
    actors: (users, options) => actors(deps, users, options),
    voice: (user, options) => voice(deps, user, options),
    withRoles: (roles) => withRoles(deps, roles),
    identify: (user) => identify(deps, user),
    search: (text, limit) => search(deps, text, limit),
    candidates: (question) => resolveLink(deps, question),
    link: (asked) => link(deps, asked),
    prepareLink: (asked) => prepareLink(deps, asked),
    mustBeLinkable: (user) => mustBeLinkable(deps, user),
    prepareUnlink: (asked) => prepareUnlink(deps, asked),
  };
}
