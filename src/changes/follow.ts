import type { Access } from '../access/access.js';
import { commit } from '../commit.js';
import { follow, progress, settle } from '../requests/by-jobs.js';
import {
  isSettled,
  type Outcome,
  type Request,
  serviceOf,
  type Subject,
} from '../requests/request.js';
import type { NewJob } from '../requests/step.js';
import type { Services } from '../services.js';

/** What a change says of its people as their outcomes come in. */
export interface FollowMessages {
  /** Somebody's part is done, failed or unclear: told at once, whoever else is still waited for. */
  readonly each: (subject: Subject) => readonly NewJob[];
  /** Everybody has an outcome, or the rest is held up. */
  readonly announce: (subjects: readonly Subject[]) => readonly NewJob[];
  /** Somebody's part is over. */
  readonly over: (subject: Subject) => readonly NewJob[];
}

interface Following {
  /** Null: nothing new is known of this person. */
  readonly outcomeNow: (subject: Subject, access: Access | null) => Outcome | null;
  readonly messages: FollowMessages;
  /** What the change itself keeps, where the accesses say something else by now. */
  readonly bodyNow?: (accesses: readonly Access[]) => Request['body'];
}

/** Moves a request on by what has become of the accesses of its people: pure but for loading and committing. */
export async function followAccesses(
  services: Services,
  request: Request,
  { outcomeNow, messages, bodyNow }: Following,
): Promise<void> {
  const now = services.now();
  const known = await Promise.all(
    request.subjects.map((subject) => accessOf(services, request, subject)),
  );
  const subjects = request.subjects.map((subject, index): Subject => {
    const outcome = outcomeNow(subject, known[index] ?? null);
    return outcome === null || !isNews(outcome, request, subject)
      ? subject
      : { ...subject, outcome };
  });
  const body = bodyNow?.(known.filter((access) => access !== null)) ?? request.body;
  const isOtherBody = JSON.stringify(body) !== JSON.stringify(request.body);
  const changed = subjects.filter((subject, index) => subject !== request.subjects[index]);
  const jobs = changed.flatMap((subject) =>
    subject.outcome.kind === 'ended' ? messages.over(subject) : messages.each(subject),
  );
  if (isSettled(request.status)) {
    if (changed.length === 0 && !isOtherBody) return;
    await commit(services, follow(request, { subjects, body }, { now, jobs }));
    return;
  }
  if (subjects.some((subject) => subject.outcome.kind === 'waiting')) {
    // Who has access already is announced now, whoever else is still waited for; later the same message is edited.
    const held = request.postponed ? messages.announce(subjects) : [];
    if (changed.length === 0) return services.store.jobs.add(held);
    await commit(services, progress(request, subjects, { now, jobs: [...jobs, ...held] }));
    return;
  }
  const supportId = services.newSupportId();
  const announced = [...jobs, ...messages.announce(subjects)];
  await commit(services, settle(request, { subjects }, { now, supportId, jobs: announced }));
}

async function accessOf(
  { store }: Services,
  request: Request,
  { identity }: Subject,
): Promise<Access | null> {
  const service = serviceOf(request);
  if (service === null || identity === null) return null;
  return store.accesses.load({ service: service.id, onezone: identity.onezone });
}

/** What says nothing new is no move: every move is an audit line and a redrawn message. */
function isNews(outcome: Outcome, request: Request, { outcome: known }: Subject): boolean {
  if (isSettled(request.status) && outcome.kind === 'waiting') return false;
  return outcome.kind !== known.kind && known.kind !== 'ended';
}
