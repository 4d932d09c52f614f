import { effectOf } from './effect.js';
import { carryOut, notify } from './jobs.js';
import {
  isSettled,
  type Outcome,
  type Request,
  type Subject,
  type Surface,
  type Trouble,
} from './request.js';
import type { Entry, NewJob, Step } from './step.js';
import { BOT, OPERATORS, redraw, redrawAndTell, toStep, withSurfaces } from './to-step.js';
import { after, can } from './transitions.js';

/** The zone was read: this is what the request would do (`facts`), and these messages show it to the approvers. */
export function previewed<R extends Request>(
  request: R,
  seen: { readonly facts: unknown; readonly surfaces: readonly Surface[] },
  now: Date,
): Step<R> {
  const effect = effectOf(seen.facts);
  const next = after(request, 'preview', {
    effect,
    surfaces: withSurfaces(request.surfaces, seen.surfaces),
    trouble: null,
    // Onezone has answered: should it go away once more, that is another outage.
    postponed: false,
  });
  const jobs = redraw(next, now);
  return toStep(next, { who: BOT, now }, { what: 'previewed', detail: { effect }, jobs });
}

/** What a change wants to have done besides: jobs, and facts for the record. */
export interface Extra {
  readonly jobs?: readonly NewJob[];
  readonly detail?: Entry['detail'];
}

/**
 * Carrying out begins. Written before the first call to Onezone, together with all that a crash must not forget.
 * Of many people the requester is shown the progress.
 */
export function start<R extends Request>(
  request: R,
  next: Partial<Pick<R, 'subjects' | 'body'>>,
  { now, jobs = [], detail = {} }: Extra & { readonly now: Date },
): Step<R> {
  const count = next.subjects?.length ?? request.subjects.length;
  const outcome: Surface = { message: 'outcome', to: request.requester };
  const begun = after(request, 'start', {
    ...next,
    status: 'carrying out',
    postponed: false,
    startedAt: now,
    surfaces: withSurfaces(request.surfaces, count > 1 ? [outcome] : []),
  });
  const drawn = count === 1 ? [] : redraw(begun, now);
  return toStep(begun, { who: BOT, now }, { what: 'started', detail, jobs: [...jobs, ...drawn] });
}

/** Something was learned that must not be asked for again, such as the id of a new service. */
export function record<R extends Request>(
  request: R,
  next: Partial<Pick<R, 'service' | 'body'>>,
  { now, detail = {} }: Extra & { readonly now: Date },
): Step<R> {
  const known = after(request, 'progress', next);
  return toStep(known, { who: BOT, now }, { what: 'recorded', detail });
}

/** The call never left: it can be made again without looking for what it may have done. */
export function unsend<R extends Request>(request: R, body: R['body'], now: Date): Step<R> {
  const next = after(request, 'unsend', { status: 'approved', startedAt: null, body });
  return toStep(next, { who: BOT, now }, { what: 'kept waiting' });
}

/** Some of many people have their outcome: kept at once, so that the messages can show it. */
export function progress<R extends Request>(
  request: R,
  subjects: readonly Subject[],
  { now, jobs = [] }: Extra & { readonly now: Date },
): Step<R> {
  const next = after(request, 'progress', { subjects: [...subjects] });
  const settled = subjects.filter((subject) => subject.outcome.kind !== 'waiting').length;
  const detail = { settled, of: subjects.length, outcomes: outcomes(subjects) };
  return toStep(
    next,
    { who: BOT, now },
    { what: 'carried out', detail, jobs: [...redraw(next, now), ...jobs] },
  );
}

/** Everything was read back from Onezone, and everyone has an outcome. */
export function settle<R extends Request>(
  request: R,
  next: Partial<Pick<R, 'subjects' | 'service' | 'body'>>,
  {
    now,
    supportId,
    jobs = [],
    detail = {},
  }: Extra & { readonly now: Date; readonly supportId: string },
): Step<R> {
  const subjects = next.subjects ?? request.subjects;
  const status = overall(subjects);
  const trouble = status === 'done' ? null : troubleOf(subjects, supportId);
  const known = subjects.length === 0 ? {} : { outcomes: outcomes(subjects) };
  const settled = after(request, 'settle', { ...next, status, trouble, postponed: false });
  return toStep(
    settled,
    { who: BOT, now },
    {
      what: status === 'done' ? 'carried out' : status,
      detail: {
        ...known,
        ...detail,
        ...(trouble === null ? {} : { supportId: trouble.supportId }),
      },
      jobs: [
        ...redrawAndTell(settled, now),
        ...jobs,
        ...(trouble === null ? [] : [troubleMessage(settled, trouble, now)]),
      ],
    },
  );
}

/** What was given comes to its end. Trouble that was about this end is over, that of an unclear request stays. */
export function follow<R extends Request>(
  request: R,
  seen: { readonly subjects: readonly Subject[]; readonly body: R['body'] },
  { now, jobs = [] }: Extra & { readonly now: Date },
): Step<R> {
  const { subjects, body } = seen;
  const trouble = request.status === 'done' ? null : request.trouble;
  const next = after(request, 'follow', {
    subjects: [...subjects],
    body,
    trouble,
    postponed: false,
  });
  const changed = subjects.filter(
    (subject, index) => subject.outcome.kind !== request.subjects[index]?.outcome.kind,
  );
  const isOver = changed.some((subject) => subject.outcome.kind === 'ended');
  const detail = isOver ? { outcomes: outcomes(changed) } : {};
  const what = isOver ? 'ended' : changed.length > 0 ? 'ending' : 'extended';
  return toStep(next, { who: BOT, now }, { what, detail, jobs: [...redraw(next, now), ...jobs] });
}

/** It will not happen, or nobody can say whether it did. Null where it was settled meanwhile. */
export function giveUp<R extends Request>(
  request: R,
  trouble: Trouble & { readonly status: 'failed' | 'unclear' },
  now: Date,
): Step<R> | null {
  if (!can(request, 'giveUp')) return null;
  const { status, ...words } = trouble;
  const next = after(request, 'giveUp', { status, trouble: words });
  return toStep(
    next,
    { who: BOT, now },
    {
      what: status,
      detail: { ...words },
      jobs: [...redrawAndTell(next, now), troubleMessage(next, words, now)],
    },
  );
}

/**
 * It cannot go on now, and will by itself: the request is kept, and its requester and the operators are told once.
 * Null where they were told already, or where nothing waits.
 */
export function postpone<R extends Request>(
  request: R,
  {
    trouble,
    surfaces = [],
    jobs = [],
  }: Extra & {
    readonly trouble: Trouble;
    readonly surfaces?: readonly Surface[];
  },
  now: Date,
): Step<R> | null {
  const isEnding = request.subjects.some((subject) => subject.outcome.kind === 'ending');
  if (request.postponed || !can(request, 'postpone')) return null;
  if (isSettled(request.status) && !isEnding) return null;
  const next = after(request, 'postpone', {
    postponed: true,
    surfaces: withSurfaces(request.surfaces, surfaces),
    trouble,
  });
  const { why, supportId } = trouble;
  const kept = { message: 'kept', to: request.requester, occasion: supportId } as const;
  return toStep(
    next,
    { who: BOT, now },
    {
      what: 'kept waiting',
      detail: { why, supportId },
      jobs: [
        ...redraw(next, now),
        ...jobs,
        // Whose access should have ended already waits for nothing.
        ...(isSettled(request.status) ? [] : [notify(next, kept, now)]),
        troubleMessage(next, trouble, now),
      ],
    },
  );
}

/** An operator wants what is stuck to be tried now. Null where nothing is to be carried out. */
export function takeUpAgain<R extends Request>(request: R, who: string, now: Date): Step<R> | null {
  if (!['approved', 'carrying out'].includes(request.status)) return null;
  const next = after(request, 'postpone', { postponed: false });
  return toStep(next, { who, now }, { what: 'taken up again', jobs: [carryOut(next, now)] });
}

function troubleMessage(request: Request, { supportId }: Trouble, now: Date): NewJob {
  return notify(
    request,
    { message: 'trouble', to: OPERATORS, occasion: supportId, trouble: 'request' },
    now,
  );
}

function overall(subjects: readonly Subject[]): 'done' | 'failed' | 'unclear' {
  const kinds = subjects.map((subject) => subject.outcome.kind);
  if (kinds.includes('unclear')) return 'unclear';
  return kinds.length > 0 && kinds.every((kind) => kind === 'failed') ? 'failed' : 'done';
}

function troubleOf(subjects: readonly Subject[], supportId: string): Trouble {
  const first = subjects.map((subject) => subject.outcome).find(wentWrong);
  const saw = first?.kind === 'unclear' ? first.saw : 'nothing';
  const {
    why = `Onezone did not confirm it. Seen instead: ${saw}.`,
    next = 'An operator has to look at it.',
  } = first ?? {};
  // Onezone's own words are in the log under the id of the moment at which it said no.
  const ofThen = first?.kind === 'failed' ? first.supportId : undefined;
  return { why, next, supportId: ofThen ?? supportId };
}

const wentWrong = (outcome: Outcome): outcome is Extract<Outcome, { kind: 'failed' | 'unclear' }> =>
  outcome.kind === 'failed' || outcome.kind === 'unclear';

const outcomes = (subjects: readonly Subject[]): readonly (Outcome & Named)[] =>
  subjects.map(({ slack, identity, outcome }) => ({
    slack,
    onezone: identity?.onezone ?? null,
    ...outcome,
  }));

interface Named {
  readonly slack: string;
  readonly onezone: string | null;
}
