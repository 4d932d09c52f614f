import { outcomeOfDropped } from '../access/outcome.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import { beginOnAccesses } from './begin-on-accesses.js';
import { type FollowMessages, followAccesses } from './follow.js';
import { liveClaims, withDropped } from './on-access.js';

/** Drops all claims of the people of a request; reconciling takes away what only those gave, and what is left is said. */
export async function carryOutDrop(
  services: Services,
  request: Request,
  messages: FollowMessages,
): Promise<void> {
  if (request.status === 'approved') return begin(services, request);
  await followAccesses(services, request, {
    outcomeNow: ({ outcome }, access) => {
      if (outcome.kind !== 'waiting' || access === null) return null;
      return outcomeOfDropped(access, request.id);
    },
    messages,
  });
}

const begin = (services: Services, request: Request): Promise<void> =>
  beginOnAccesses(services, request, {
    has: (access, now) => liveClaims(access, now).length > 0,
    move: (access, now) => withDropped(access, { by: request.id, slack: null, now }),
    otherwise: NOTHING_THERE,
  });

/** It ended, or was given back, while this request waited. */
const NOTHING_THERE = {
  kind: 'failed',
  why: 'There was no access through this desk any more.',
  next: 'Nothing has to be done.',
} as const;
