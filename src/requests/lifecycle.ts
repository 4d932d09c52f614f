import { refusals } from '../errors.js';
import { effectOf } from './effect.js';
import { carryOut, end, job, tell } from './jobs.js';
import type { Policy } from './policy.js';
import {
  type Beneficiary,
  type Decision,
  type GrantRequest,
  isSettled,
  type Outcome,
  type Receipt,
  type RegisterRequest,
  type Request,
  type ServiceRef,
  settledAs,
  type SlackUser,
  type Surface,
} from './request.js';
import type { AuditWord, Entry, NewJob, Step } from './step.js';

/** Who moves a request, when. */
export interface Move {
  readonly who: string;
  readonly now: Date;
}

const BOT = 'bot';

/** Where trouble is told; which channel that is, the policy says when it is told. */
export const OPERATORS = 'operators';

/** A new request enters: it waits for agreement, or where nobody has to agree it is approved by the rule itself. */
export function submit<R extends Request>(request: R, policy: Policy, rule: string): Step<R> {
  const now = request.askedAt;
  const waits = request.status === 'pending';
  const jobs = waits ? patience(request, policy) : [carryOut(request, now)];
  const reason = request.ask.reason;
  const approval =
    request.approval === null ? {} : { needs: request.approval.count, by: request.approval.by };
  return step(
    request,
    { who: request.requester, now },
    'asked',
    { rule, reason, ...approval, ...asked(request) },
    jobs,
  );
}

/** The zone was read: this is what the request would do, and these messages show it to the approvers. */
export function previewed<R extends Request>(
  request: R,
  surfaces: readonly Surface[],
  now: Date,
): Step<R> {
  const effect = effectOf(request);
  const next = {
    ...request,
    effect,
    surfaces: merge(request.surfaces, surfaces),
    trouble: null,
    // Onezone has answered: should it go away once more, that is another outage.
    toldOfOutage: false,
  };
  return step(next, { who: BOT, now }, 'previewed', { effect }, show(next, now));
}

/** One more person agrees; with the last one it goes on to be carried out. */
export function approve<R extends Request>(
  request: R,
  decision: Decision,
  missing: number,
): Step<R> {
  mustBePending(request, decision.at);
  const decided = { ...request, decisions: [...request.decisions, decision] };
  const next = missing > 0 ? decided : { ...decided, status: 'approved' as const };
  const jobs = missing > 0 ? [] : [carryOut(request, decision.at)];
  return step(
    next,
    { who: decision.by, now: decision.at },
    'approved',
    { comment: decision.comment, missing, effect: request.effect },
    [...jobs, ...show(next, decision.at)],
  );
}

export function deny<R extends Request>(request: R, decision: Decision): Step<R> {
  mustBePending(request, decision.at);
  const next = {
    ...request,
    status: 'denied' as const,
    decisions: [...request.decisions, decision],
  };
  return step(
    next,
    { who: decision.by, now: decision.at },
    'denied',
    { reason: decision.comment },
    closing(next, decision.at),
  );
}

export function withdraw<R extends Request>(request: R, move: Move): Step<R> {
  mustBePending(request, move.now);
  const next = { ...request, status: 'withdrawn' as const };
  return step(next, move, 'withdrawn', {}, show(next, move.now));
}

/** Nobody answered in time. Null where someone did: a timer that comes late or twice is normal. */
export function lapse<R extends Request>(request: R, now: Date): Step<R> | null {
  if (request.status !== 'pending') return null;
  const next = { ...request, status: 'lapsed' as const };
  return step(
    next,
    { who: BOT, now },
    'lapsed',
    { after: request.lapsesAt?.toISOString() ?? null },
    closing(next, now),
  );
}

/** Onezone does not answer, or not to us: the request is kept, and its requester and the operators are told once. */
export function keepWaiting<R extends Request>(
  request: R,
  told: { readonly surfaces: readonly Surface[]; readonly why: string; readonly supportId: string },
  now: Date,
): Step<R> | null {
  const settled = isSettled(request.status);
  if (request.toldOfOutage || (settled && !isEnding(request))) return null;
  const { why, supportId } = told;
  const trouble = {
    why,
    next: 'Nothing has to be done: it goes on as soon as Onezone answers.',
    supportId,
  };
  const surfaces = merge(request.surfaces, told.surfaces);
  const next = { ...request, toldOfOutage: true, surfaces, trouble };
  return step(next, { who: BOT, now }, 'kept waiting', { why, supportId }, [
    ...show(next, now),
    // Whose access should have ended already waits for nothing.
    ...(settled
      ? []
      : [tell(next, { what: 'kept', to: request.requester, person: supportId }, now)]),
    tell(next, { what: 'trouble', to: OPERATORS, person: supportId }, now),
  ]);
}

/** The approvers are reminded, once. Null where it no longer waits for them. */
export function remind<R extends Request>(request: R, now: Date): Step<R> | null {
  if (settledAs(request, now) !== null) return null;
  const reminders = request.surfaces
    .filter((it) => it.what === 'approval')
    .map(({ to }): Surface => ({ what: 'reminder', to }));
  // Edited from now on like the messages that it reminds of, or it would go on saying that it waits.
  const next = { ...request, surfaces: merge(request.surfaces, reminders) };
  const tells = reminders.map((it) => tell(next, it, now));
  return step(next, { who: BOT, now }, 'reminded', {}, tells);
}

/** Others are asked as well: more people, or the same ones in person. Null where it no longer waits, or all of them were asked already. */
export function escalate<R extends Request>(
  request: R,
  asked: { readonly to: readonly string[]; readonly what: 'escalated' | 'asked in person' },
  now: Date,
): Step<R> | null {
  if (settledAs(request, now) !== null) return null;
  const messages = asked.to.map((it): Surface => ({ what: 'approval', to: it }));
  const more = messages.filter((it) => !has(request.surfaces, it));
  if (more.length === 0) return null;
  const next = { ...request, surfaces: [...request.surfaces, ...more] };
  const tells = more.map((it) => tell(next, it, now));
  return step(next, { who: BOT, now }, asked.what, { to: more.map((it) => it.to) }, tells);
}

/**
 * Carrying out begins. Written before the first call to Onezone, together with what was there before
 * and with the job that will end the grant: from here on a crash forgets nothing.
 */
export function startGrant(
  request: GrantRequest,
  people: readonly Beneficiary[],
  at: { readonly now: Date; readonly end: Date | null },
): Step<GrantRequest> {
  const outcome: Surface = { what: 'outcome', to: request.requester };
  const surfaces =
    people.length > 1 && !has(request.surfaces, outcome)
      ? [...request.surfaces, outcome]
      : request.surfaces;
  const next: GrantRequest = {
    ...request,
    status: 'carrying out',
    toldOfOutage: false,
    people: [...people],
    startedAt: at.now,
    end: at.end,
    surfaces,
  };
  const ends = at.end === null ? [] : [end(next, at.end)];
  return step(
    next,
    { who: BOT, now: at.now },
    'started',
    { end: at.end?.toISOString() ?? null, before: befores(people) },
    [...ends, ...(people.length > 1 ? show(next, at.now) : [])],
  );
}

/** Some of many people have their outcome: kept at once, so that a crash repeats nothing and the message can show it. */
export function progress(
  request: GrantRequest,
  people: readonly Beneficiary[],
  now: Date,
): Step<GrantRequest> {
  const next = { ...request, people: [...people], trouble: null };
  const settled = people.filter((it) => it.outcome.kind !== 'waiting').length;
  return step(
    next,
    { who: BOT, now },
    'carried out',
    { settled, of: people.length, outcomes: outcomes(people) },
    show(next, now),
  );
}

/** Everyone has an outcome that was read back from Onezone. */
export function settleGrant(
  request: GrantRequest,
  people: readonly Beneficiary[],
  told: { readonly now: Date; readonly supportId: string; readonly channels: readonly string[] },
): Step<GrantRequest> {
  const status = overall(people.map((it) => it.outcome));
  const trouble = status === 'done' ? null : troubleOf(people, told.supportId);
  const next: GrantRequest = {
    ...request,
    people: [...people],
    status,
    trouble,
    toldOfOutage: false,
  };
  const word = status === 'done' ? 'carried out' : status;
  return step(
    next,
    { who: BOT, now: told.now },
    word,
    { outcomes: outcomes(people), ...(trouble === null ? {} : { supportId: told.supportId }) },
    [
      ...closing(next, told.now),
      ...welcomes(next, told.now),
      ...announcements(next, told),
      ...(trouble === null
        ? []
        : [tell(next, { what: 'trouble', to: OPERATORS, person: told.supportId }, told.now)]),
    ],
  );
}

/** Before the call that registers: which services exist, so that a lost answer can be found again. */
export function startRegister(
  request: RegisterRequest,
  servicesBefore: readonly string[],
  now: Date,
): Step<RegisterRequest> {
  const next: RegisterRequest = {
    ...request,
    status: 'carrying out',
    startedAt: now,
    servicesBefore: [...servicesBefore],
    attempts: request.attempts + 1,
  };
  return step(
    next,
    { who: BOT, now },
    'started',
    { services: servicesBefore.length },
    show(next, now),
  );
}

/** Onezone named the new service. Kept at once; it is announced only after it was read back. */
export function registered(
  request: RegisterRequest,
  service: ServiceRef,
  now: Date,
): Step<RegisterRequest> {
  return step({ ...request, service }, { who: BOT, now }, 'registered', { ...service }, []);
}

/** The call never left: it can be made again without looking for what it may have done. */
export function notSent(request: RegisterRequest, now: Date): Step<RegisterRequest> {
  const next: RegisterRequest = {
    ...request,
    status: 'approved',
    startedAt: null,
    servicesBefore: null,
    attempts: request.attempts - 1,
  };
  return step(next, { who: BOT, now }, 'kept waiting', {}, []);
}

export function settleRegister(
  request: RegisterRequest,
  service: ServiceRef,
  now: Date,
): Step<RegisterRequest> {
  const next: RegisterRequest = {
    ...request,
    status: 'done',
    service,
    servicesBefore: null,
    trouble: null,
  };
  return step(
    next,
    { who: BOT, now },
    'carried out',
    { proxyEndpoint: request.ask.proxyEndpoint, registrar: request.ask.registrar },
    [...closing(next, now), job('read-services', null, now)],
  );
}

/** It will not happen, or nobody can say whether it did. */
export function giveUp<R extends Request>(
  request: R,
  trouble: {
    readonly status: 'failed' | 'unclear';
    readonly why: string;
    readonly next: string;
    readonly supportId: string;
  },
  now: Date,
): Step<R> {
  const { status, ...words } = trouble;
  const next = { ...request, status, trouble: words };
  return step(next, { who: BOT, now }, status, { ...words }, [
    ...closing(next, now),
    tell(next, { what: 'trouble', to: OPERATORS, person: words.supportId }, now),
  ]);
}

/** The time of a grant is up: written before anything is taken away. */
export function beginEnd(request: GrantRequest, now: Date): Step<GrantRequest> | null {
  const people = request.people.map((it): Beneficiary => {
    const { outcome } = it;
    return outcome.kind === 'active' || outcome.kind === 'unclear'
      ? { ...it, outcome: { kind: 'ending', receipt: outcome.receipt } }
      : it;
  });
  if (people.every((it, index) => it === request.people[index])) return null;
  return step({ ...request, people }, { who: BOT, now }, 'ending', {}, []);
}

/** A grant takes over what an ended one had added to the same person: from now on its own end takes that away. */
export function inherit(
  request: GrantRequest,
  slack: SlackUser,
  receipt: Receipt,
  now: Date,
): Step<GrantRequest> | null {
  const people = request.people.map((it): Beneficiary => {
    const { outcome } = it;
    if (it.slack !== slack || outcome.kind !== 'active' || hasAll(outcome.receipt, receipt))
      return it;
    const privileges = [...new Set([...outcome.receipt.privileges, ...receipt.privileges])];
    const membership = outcome.receipt.membership || receipt.membership;
    return { ...it, outcome: { ...outcome, receipt: { membership, privileges } } };
  });
  if (people.every((it, index) => it === request.people[index])) return null;
  return step({ ...request, people }, { who: BOT, now }, 'inherited', { slack, receipt }, []);
}

const hasAll = (mine: Receipt, more: Receipt): boolean =>
  (mine.membership || !more.membership) &&
  more.privileges.every((it) => mine.privileges.includes(it));

export function ended(
  request: GrantRequest,
  people: readonly Beneficiary[],
  now: Date,
): Step<GrantRequest> {
  const trouble = request.status === 'done' ? null : request.trouble;
  const next = { ...request, people: [...people], trouble };
  const whose = people.filter(
    (it, index) => it.outcome.kind === 'ended' && request.people[index]?.outcome.kind !== 'ended',
  );
  return step(next, { who: BOT, now }, 'ended', { outcomes: outcomes(whose) }, [
    ...show(next, now),
    ...whose.map((it) => tell(next, { what: 'ended', to: it.slack, person: it.slack }, now)),
    ...toRequester(next, whose, now),
  ]);
}

/** Of one person's end the requester is told; of many people's the message shows it that they have already. */
function toRequester(
  request: GrantRequest,
  whose: readonly Beneficiary[],
  now: Date,
): readonly NewJob[] {
  const [person] = whose;
  const { requester, people } = request;
  if (person === undefined || people.length > 1 || person.slack === requester) return [];
  return [tell(request, { what: 'ended', to: requester, person: person.slack }, now)];
}

const isEnding = (request: Request): boolean =>
  request.change === 'grant' && request.people.some((it) => it.outcome.kind === 'ending');

/** Each message that shows the request is drawn again. */
export function show(request: Request, now: Date): NewJob[] {
  return request.surfaces.map((surface) => tell(request, surface, now));
}

function closing(request: Request, now: Date): NewJob[] {
  const told = has(request.surfaces, { what: 'outcome', to: request.requester });
  const outcome = told ? [] : [tell(request, { what: 'outcome', to: request.requester }, now)];
  return [...show(request, now), ...outcome];
}

function patience(request: Request, policy: Policy): NewJob[] {
  const at = (ms: number): Date => new Date(request.askedAt.getTime() + ms);
  const { lapseAfter, remindAfter, escalate } = policy.requests;
  return [
    job('preview', request.id, request.askedAt),
    job('lapse', request.id, request.lapsesAt ?? at(lapseAfter)),
    ...(remindAfter === null ? [] : [job('remind', request.id, at(remindAfter))]),
    ...(escalate === null ? [] : [job('escalate', request.id, at(escalate.after))]),
  ];
}

function announcements(
  request: GrantRequest,
  told: { readonly now: Date; readonly channels: readonly string[] },
): NewJob[] {
  if (!request.people.some((it) => it.outcome.kind === 'active')) return [];
  return told.channels.map((to) => tell(request, { what: 'announcement', to }, told.now));
}

function welcomes(request: GrantRequest, now: Date): NewJob[] {
  return request.people
    .filter((it) => it.outcome.kind === 'active' && it.slack !== request.requester)
    .map((it) => tell(request, { what: 'welcome', to: it.slack, person: it.slack }, now));
}

function overall(all: readonly Outcome[]): 'done' | 'failed' | 'unclear' {
  if (all.some((it) => it.kind === 'unclear')) return 'unclear';
  return all.some((it) => it.kind !== 'failed') ? 'done' : 'failed';
}

function troubleOf(people: readonly Beneficiary[], supportId: string): Request['trouble'] {
  const first = people
    .map((it) => it.outcome)
    .find((it) => it.kind === 'failed' || it.kind === 'unclear');
  if (first?.kind === 'failed') return { why: first.why, next: first.next, supportId };
  const saw = first?.kind === 'unclear' ? first.saw : 'nothing';
  return {
    why: `Onezone did not confirm it. Seen instead: ${saw}.`,
    next: 'An operator has to look at it.',
    supportId,
  };
}

const asked = (request: Request): Record<string, unknown> =>
  request.change === 'grant'
    ? {
        level: request.ask.level,
        until: request.ask.until,
        identities: request.people.map((it) => ({
          slack: it.slack,
          onezone: it.identity?.onezone ?? null,
          by: it.identity?.by ?? null,
        })),
      }
    : {
        name: request.ask.name,
        registrar: request.ask.registrar,
        proxyEndpoint: request.ask.proxyEndpoint,
        account: request.ask.account,
        properties: request.ask.properties,
      };

const outcomes = (people: readonly Beneficiary[]): unknown =>
  people.map(({ slack, identity, outcome }) => ({
    slack,
    onezone: identity?.onezone ?? null,
    ...outcome,
  }));

const befores = (people: readonly Beneficiary[]): unknown =>
  people.map(({ slack, identity, before }) => ({
    slack,
    onezone: identity?.onezone ?? null,
    before: before ?? null,
  }));

const merge = (known: readonly Surface[], more: readonly Surface[]): Surface[] => [
  ...known,
  ...more.filter((it) => !has(known, it)),
];

const has = (surfaces: readonly Surface[], surface: Surface): boolean =>
  surfaces.some((it) => it.what === surface.what && it.to === surface.to);

function mustBePending(request: Request, now: Date): void {
  const settled = settledAs(request, now);
  if (settled !== null) throw refusals.notPending(request.id, settled);
}

function step<R extends Request>(
  request: R,
  move: Move,
  what: AuditWord,
  detail: Entry['detail'],
  jobs: readonly NewJob[],
): Step<R> {
  const next = { ...request, version: request.version + 1 };
  const people = request.change === 'grant' ? request.people.map((it) => it.slack) : [];
  const service =
    request.service ??
    (request.change === 'register' ? { id: null, name: request.ask.name } : null);
  return {
    request: next,
    entry: { at: move.now, who: move.who, what, request: request.id, service, people, detail },
    jobs,
  };
}
