import { OutcomePending } from '../errors.js';
import {
  isNotFound,
  isTokenTooNarrow,
  mayHaveHappened,
  OnezoneFailure,
} from '../onezone/errors.js';
import type { Onezone } from '../onezone/onezone.js';
import { carryOut } from '../requests/jobs.js';
import type { RequestId } from '../requests/request.js';
import type { Entry, NewJob } from '../requests/step.js';
import { BOT } from '../requests/to-step.js';
import type { Fence } from '../fence.js';
import type { Services } from '../services.js';
import { type Access, type AccessKey, isEnding } from './access.js';
import { clockJob, driftNotice } from './jobs.js';
import { desired, type Vocabulary } from './desired.js';
import { type Drift, observe } from './observe.js';
import { isSame, type PrivilegeSet, toPrivileges, toSet, without } from './privilege-set.js';
import { settle } from './settle.js';

/** Somebody may change the same membership between our look and our call: looked at anew so often, then left to the next run. */
const MAX_LOOKS = 4;

/** What reconciling needs, and nothing of Slack. */
export interface ReconcileServices extends Pick<Services, 'now' | 'newSupportId' | 'wake'> {
  readonly store: Pick<Services['store'], 'commit'> & {
    readonly accesses: Pick<Services['store']['accesses'], 'load'>;
  };
  readonly onezone: Pick<
    Onezone,
    | 'connect'
    | 'userPrivileges'
    | 'effectivePrivileges'
    | 'addUser'
    | 'removeUser'
    | 'changePrivileges'
  >;
}

/**
 * Makes the zone show what an access should be, and stores what was read back. The only code that writes memberships.
 * May be cut off anywhere and run again: what a call is to make of it is stored before the call.
 * Throws the client's errors; `OutcomePending` when Onezone still counts what it has just taken away.
 */
export async function reconcile(
  services: ReconcileServices,
  key: AccessKey,
  fence: Fence,
): Promise<void> {
  const access = await services.store.accesses.load(key);
  if (access === null) return;
  const { privileges: vocabulary } = await services.onezone.connect();
  const work: Work = { services, fence, vocabulary };
  let current = access;
  let seen = await look(work, current);
  for (let looks = 1; ; looks += 1) {
    // One moment for what is wanted and for what is said of it: a claim whose time is up on the way is over at the next look.
    const now = services.now();
    const observed = observe(current, seen, { vocabulary, now });
    current = observed.access;
    const wanted = desired(current, vocabulary, now);
    if (isSame(seen, wanted)) {
      const { applied: from } = access;
      return finish(work, { before: access, current, from, drift: observed.drift, seen, now });
    }
    if (looks === MAX_LOOKS) throw new OutcomePending('Somebody keeps changing this membership.');
    current = await intend(
      work,
      { ...current, writing: { to: toPrivileges(wanted) } },
      observed.drift,
    );
    await fence.mustHold();
    const isDone = await call(work, current, { seen, wanted });
    seen = await look(work, current);
    if (isDone) return readBack(work, { before: access, current, seen, wanted, now });
    // Neither did our call arrive, nor is what it met what we had seen.
    current = { ...current, writing: null };
  }
}

interface Work {
  readonly services: ReconcileServices;
  readonly fence: Fence;
  readonly vocabulary: Vocabulary;
}

async function look({ services }: Work, access: Access): Promise<PrivilegeSet> {
  const { service, onezone } = access;
  return toSet(await services.onezone.userPrivileges(service.id, onezone, { serviceExists: true }));
}

/** Stored before the call, so that a second run can tell what the first one did. */
async function intend(work: Work, access: Access, drift: Drift | null): Promise<Access> {
  return commit(work, access, { drift, entries: [], jobs: [] });
}

interface Change {
  readonly seen: PrivilegeSet;
  readonly wanted: PrivilegeSet;
}

/** What Onezone refused, or what never left, is not on its way any more: what others give after it is theirs. */
async function call(work: Work, access: Access, change: Change): Promise<boolean> {
  try {
    return await write(work, access, change);
  } catch (error) {
    if (error instanceof OnezoneFailure && !mayHaveHappened(error)) {
      await intend(work, { ...access, writing: null }, null);
    }
    throw error;
  }
}

/** False: the membership is another than the one that was seen, and nothing was changed. */
async function write(
  { services: { onezone } }: Work,
  { service, onezone: user }: Access,
  { seen, wanted }: Change,
): Promise<boolean> {
  if (seen.size === 0) {
    // The privileges of a PUT that finds a member are not applied.
    return (await onezone.addUser(service.id, user, toPrivileges(wanted) ?? [])) === 'added';
  }
  if (wanted.size === 0) {
    await onezone.removeUser(service.id, user, { serviceExists: true });
    return true;
  }
  const grant = toPrivileges(without(wanted, seen)) ?? [];
  const revoke = toPrivileges(without(seen, wanted)) ?? [];
  try {
    await onezone.changePrivileges(service.id, user, { grant, revoke });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

interface Finished {
  readonly before: Access;
  readonly current: Access;
  readonly seen: PrivilegeSet;
  /** As of when it is settled. */
  readonly now: Date;
}

/** What differs from what our call was to make of it, others did in the same moment: it is theirs, and no drift to report. */
async function readBack(
  work: Work,
  { wanted, ...finished }: Finished & { readonly wanted: PrivilegeSet },
): Promise<void> {
  const { vocabulary } = work;
  const { now } = finished;
  const meant = { ...finished.current, applied: { privileges: toPrivileges(wanted), at: now } };
  const { access } = observe({ ...meant, writing: null }, finished.seen, { vocabulary, now });
  const current = { ...access, writing: finished.current.writing };
  const { applied: from } = finished.current;
  await finish(work, { ...finished, current, from, drift: null });
}

async function finish(
  work: Work,
  {
    before,
    current,
    from,
    seen,
    now,
    drift,
  }: Finished & {
    /** What was there just before our call. */
    readonly from: Access['applied'];
    readonly drift: Drift | null;
  },
): Promise<void> {
  const { vocabulary } = work;
  const isInThroughGroup = await isStillIn(work, current, now);
  const found = toSet(from?.privileges ?? null);
  const settled = settle(current, seen, { vocabulary, now, isInThroughGroup, found });
  const detail = { from: from?.privileges ?? null, to: toPrivileges(seen) };
  const wrote = current.writing !== null || before.writing !== null;
  await commit(work, settled, {
    drift,
    entries: wrote ? [entry(settled, 'access changed', detail, now)] : [],
    jobs: [
      ...movedRequests(before, settled).map((request) => carryOut(request, now)),
      ...clockJob(settled, now),
    ],
  });
}

/**
 * Whether somebody whose membership is gone is in through a group. Right after a removal Onezone may still count what it has
 * just taken away: then it is asked again a little later.
 */
async function isStillIn({ services }: Work, current: Access, now: Date): Promise<boolean> {
  const { service, onezone, applied } = current;
  const isGone = applied?.privileges === null;
  const isOver = current.claims.some((claim) => isEnding(claim, now));
  if (!isGone || !isOver) return false;
  const isIn = await isEffective(services.onezone, service.id, onezone);
  const wasJustRemoved = current.writing !== null;
  if (isIn && wasJustRemoved) {
    throw new OutcomePending('Onezone still counts a membership that was removed.');
  }
  return isIn;
}

/** A token can be too narrow to see who is in through a group; that they are no member themselves it always shows. */
async function isEffective(
  onezone: ReconcileServices['onezone'],
  service: string,
  user: string,
): Promise<boolean> {
  try {
    return (await onezone.effectivePrivileges(service, user, { serviceExists: true })) !== null;
  } catch (error) {
    if (!isTokenTooNarrow(error)) throw error;
    return false;
  }
}

async function commit(
  { services }: Work,
  access: Access,
  {
    drift,
    entries,
    jobs,
  }: {
    readonly drift: Drift | null;
    readonly entries: readonly Entry[];
    readonly jobs: readonly NewJob[];
  },
): Promise<Access> {
  const now = services.now();
  const told = drift === null ? [] : [entry(access, 'changed by others', { ...drift }, now)];
  const notices =
    drift === null ? [] : driftNotice(access, drift, { id: services.newSupportId(), now });
  const next = { ...access, version: access.version + 1 };
  await services.store.commit({
    accesses: [next],
    entries: [...told, ...entries],
    jobs: [...jobs, ...notices],
  });
  services.wake();
  return next;
}

function entry(access: Access, what: Entry['what'], detail: Entry['detail'], at: Date): Entry {
  const people = [...new Set(access.claims.map((claim) => claim.slack))];
  const { service, onezone } = access;
  return { at, who: BOT, what, request: null, service, people, detail: { onezone, ...detail } };
}

/** Requests for which something has come of their claim: each looks at its accesses again. */
function movedRequests(before: Access, after: Access): readonly { id: RequestId; lane: null }[] {
  const ids = after.claims.flatMap((claim) => {
    const known = before.claims.find(({ request }) => request === claim.request);
    const { request, dropped, touches } = claim;
    const isMoved = known?.state.kind !== claim.state.kind;
    const settled = touches.filter(
      (touch, index) => known?.touches[index]?.state.kind !== touch.state.kind,
    );
    return [
      ...(isMoved || settled.length > 0 ? [request] : []),
      ...(isMoved && dropped !== null ? [dropped.by] : []),
      ...settled.map(({ by }) => by),
    ];
  });
  return [...new Set(ids)].map((id) => ({ id, lane: null }));
}
