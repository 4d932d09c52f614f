import { type Access, type Claim, keyOf } from '../../access/access.js';
import { reconcileJob } from '../../access/jobs.js';
import { outcomeOf } from '../../access/outcome.js';
import { endOf } from '../../access/until.js';
import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { start } from '../../requests/by-jobs.js';
import type { Outcome, Request, SlackUser, Subject } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { followAccesses } from '../follow.js';
import { identifyAgain, onezoneOf } from '../identified.js';
import { loadAccess, mustHaveService } from '../on-access.js';
import type { GrantRequest } from './ask.js';
import { grantMessages } from './messages.js';

const READS_AT_ONCE = 8;
/** Whoever has asked so often knows how it goes. */
const MAX_EARLIER = 20;
const GIVEN: readonly Outcome['kind'][] = ['done', 'ending', 'ended'];

/**
 * Adds a claim to the access of each person, stored before the zone is touched; reconciling the accesses gives what is claimed.
 * After that it follows what becomes of the claims, up to their end.
 */
export async function carryOutGrant(services: Services, request: GrantRequest): Promise<void> {
  if (request.status === 'approved') return begin(services, request);
  await followAccesses(services, request, {
    outcomeNow: (_, access) => outcomeOf(access, request.id, services.now()),
    bodyNow: (accesses) => ({ ...request.body, end: endNow(request, accesses) }),
    messages: grantMessages(services, request),
  });
}

async function begin(services: Services, request: GrantRequest): Promise<void> {
  const now = services.now();
  const service = mustHaveService(request);
  const end = endOf(request.ask.until, now);
  if (end !== null && end <= now) throw refusals.tooLate(request.id);
  const subjects = await Promise.all(
    request.subjects.map((subject) => identifyAgain(services, subject)),
  );
  mustBeConfirmed(request, subjects);
  mustBeWhoWasApproved(request, subjects);
  const accesses = await Promise.all(
    oneOfEachUser(subjects).map(async (subject) => {
      const known = await loadAccess(services, service, onezoneOf(subject));
      return withClaim(known, toClaim(request, subject, { now, end }));
    }),
  );
  await commit(
    services,
    start(
      request,
      { subjects: [...subjects], body: { end, newcomers: await newcomers(services, request) } },
      {
        now,
        detail: { end: end?.toISOString() ?? null },
        jobs: accesses.map((access) => reconcileJob(keyOf(access), now)),
      },
    ),
    { accesses },
  );
}

/** Whether this person was let in by it, also where others were not. */
const hasGiven = ({ change, subjects }: Request, slack: SlackUser): boolean =>
  change === 'grant' &&
  subjects.some((it) => it.slack === slack && GIVEN.includes(it.outcome.kind));

/** Whom nothing was granted to before. */
async function newcomers(
  { store }: Pick<Services, 'store'>,
  { subjects }: GrantRequest,
): Promise<SlackUser[]> {
  const people = [...new Set(subjects.map(({ slack }) => slack))];
  const earlier = await inParallel(people, READS_AT_ONCE, (subject) =>
    store.requests.find({ subject, limit: MAX_EARLIER }),
  );
  return people.filter((slack, index) => !(earlier[index] ?? []).some((it) => hasGiven(it, slack)));
}

/** An extension moves the end of its claims. */
function endNow({ id, body }: GrantRequest, accesses: readonly Access[]): Date | null {
  const claims = accesses.flatMap((access) =>
    access.claims.filter(({ request }) => request === id),
  );
  const ends = claims.map(({ until, dropped }) => (dropped === null ? until : body.end));
  if (ends.length === 0 || ends.includes(null)) return body.end;
  const latest = ends.map((until) => until?.getTime() ?? 0);
  return new Date(Math.max(...latest));
}

/** Two Slack accounts may be one Onezone user, who has one claim by one request. */
const oneOfEachUser = (subjects: readonly Subject[]): readonly Subject[] => [
  ...new Map(subjects.toReversed().map((subject) => [onezoneOf(subject), subject])).values(),
];

const withClaim = (access: Access, claim: Claim): Access => ({
  ...access,
  version: access.version + 1,
  claims: [...access.claims, claim],
});

function toClaim(
  { id, ask }: GrantRequest,
  { slack }: Subject,
  { now, end }: { readonly now: Date; readonly end: Date | null },
): Claim {
  return {
    request: id,
    slack,
    level: ask.level,
    since: now,
    until: end,
    lost: [],
    dropped: null,
    touches: [],
    warned: 0,
    state: { kind: 'wanted' },
  };
}

/** Identity was unresolved at request time and now matches only by e-mail; no approver will confirm it, so refuse. */
function mustBeConfirmed({ approval }: GrantRequest, subjects: readonly Subject[]): void {
  const unconfirmed = subjects.find((subject) => subject.identity?.by === 'proposed');
  if (approval === null && unconfirmed !== undefined) {
    throw refusals.onlyProposed(`<@${unconfirmed.slack}>`);
  }
}

/** Between the last click and now somebody may have been linked to another Onezone user: nobody agreed to that one. */
function mustBeWhoWasApproved(request: GrantRequest, subjects: readonly Subject[]): void {
  for (const { slack, identity } of request.subjects) {
    const now = subjects.find((subject) => subject.slack === slack)?.identity ?? null;
    if (identity !== null && now?.onezone !== identity.onezone) {
      throw refusals.identityChanged(`<@${slack}>`);
    }
  }
}
