import { type Access, keyOf } from '../access/access.js';
import { reconcileJob } from '../access/jobs.js';
import { outcomeOfDropped } from '../access/outcome.js';
import { commit } from '../commit.js';
import { start } from '../requests/by-jobs.js';
import { carryOut } from '../requests/jobs.js';
import type { Request, Subject } from '../requests/request.js';
import type { Services } from '../services.js';
import { type FollowMessages, followAccesses } from './follow.js';
import { liveClaims, loadAccess, mustHaveService, withDropped } from './on-access.js';

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

async function begin(services: Services, request: Request): Promise<void> {
  const now = services.now();
  const service = mustHaveService(request);
  const known = await Promise.all(
    request.subjects.map(async (subject) => ({
      subject,
      access:
        subject.identity === null
          ? null
          : await loadAccess(services, service, subject.identity.onezone),
    })),
  );
  const has = ({ access }: (typeof known)[number]): boolean =>
    access !== null && liveClaims(access, now).length > 0;
  const subjects = known.map((entry): Subject =>
    has(entry) ? entry.subject : { ...entry.subject, outcome: NOTHING_THERE },
  );
  const accesses = oneOfEach(
    known.flatMap((entry) => (entry.access !== null && has(entry) ? [entry.access] : [])),
  ).map((access) => withDropped(access, { by: request.id, slack: null, now }));
  await commit(
    services,
    start(
      request,
      { subjects },
      {
        now,
        jobs: [
          ...accesses.map((access) => reconcileJob(keyOf(access), now)),
          // Nothing will move, so nobody else would bring it to its end.
          ...(accesses.length === 0 ? [carryOut(request, now)] : []),
        ],
      },
    ),
    { accesses },
  );
}

/** It ended, or was given back, while this request waited. */
const NOTHING_THERE = {
  kind: 'failed',
  why: 'There was no access through this desk any more.',
  next: 'Nothing has to be done.',
} as const;

const oneOfEach = (accesses: readonly Access[]): readonly Access[] => [
  ...new Map(accesses.map((access) => [`${access.service.id} ${access.onezone}`, access])).values(),
];
