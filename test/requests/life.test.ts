import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/errors.js';
import { escalate, lapse, remind } from '../../src/requests/by-clocks.js';
import * as byJobs from '../../src/requests/by-jobs.js';
import { approve, deny, submit, withdraw } from '../../src/requests/by-people.js';
import { decide } from '../../src/requests/decide.js';
import { isSettled, type Outcome, Request, Status } from '../../src/requests/request.js';
import type { NewJob, Step } from '../../src/requests/step.js';
import { aGrant, aSubject, NOW } from '../builders.js';
import { about, aPolicy, EPIC, someone } from './situation.js';

/**
 * A request as it lives in the bot: people act at any time, and jobs and clocks come late, twice, in any order, and where
 * they have no business at all. Whatever happens, the promises of `live` and below hold.
 */
interface World {
  request: Request;
  readonly jobs: NewJob[];
  readonly statuses: Status[];
  now: Date;
}

type Act = (world: Pick<World, 'request' | 'now'>) => Step | null;
type NamedAct = readonly [string, Act];

const policy = aPolicy({
  requests: {
    lapseAfter: 7 * 86_400_000,
    remindAfter: 86_400_000,
    escalate: { after: 1, to: ['boss'] },
  },
});
const surfaces = [{ message: 'approval' as const, to: 'C0DESK' }];
const trouble = { why: 'w', next: 'n', supportId: 'S' };
const outcomes: readonly Outcome[] = [
  { kind: 'waiting' },
  { kind: 'done', at: NOW, has: ['v'], added: ['v'] },
  { kind: 'failed', why: 'w', next: 'n' },
  { kind: 'unclear', saw: 's' },
  { kind: 'ending' },
  { kind: 'ended', at: NOW, due: null, by: null, left: 'nothing' },
];

const decideOn =
  (who: string, verdict: 'approve' | 'deny'): Act =>
  ({ request, now }) => {
    const approvers = request.decisions.map(({ by }) => someone(by));
    const situation = about(request, { approvers });
    const said = decide(policy, someone(who), { do: verdict, about: situation }, now);
    if (said.kind !== 'allowed') return null;
    const { effect } = request;
    const decision = { by: who, onezone: null, verdict, effect, comment: '', at: now };
    return verdict === 'deny' ? deny(request, decision) : approve(request, decision, said.missing);
  };

const withdrawal: Act = ({ request, now }) => {
  const question = { do: 'withdraw' as const, about: about(request) };
  const said = decide(policy, someone('U0REQUESTER'), question, now);
  return said.kind === 'allowed' ? withdraw(request, { who: 'U0REQUESTER', now }) : null;
};

/** What people try on a screen that is out of date: decided by nobody before. */
const onOldScreen: Act = ({ request, now }) =>
  approve(
    request,
    { by: 'U0X', onezone: null, verdict: 'approve', effect: null, comment: '', at: now },
    1,
  );

const withOutcome = ({ subjects }: Request, outcome: Outcome) =>
  subjects.map((subject) => ({ ...subject, outcome }));

const byOutcome = (outcome: Outcome): readonly NamedAct[] => [
  [
    `progress, ${outcome.kind}`,
    ({ request, now }) => byJobs.progress(request, withOutcome(request, outcome), { now }),
  ],
  [
    `settle, ${outcome.kind}`,
    ({ request, now }) =>
      byJobs.settle(request, { subjects: withOutcome(request, outcome) }, { now, supportId: 'S' }),
  ],
  [
    `follow, ${outcome.kind}`,
    ({ request, now }) =>
      byJobs.follow(
        request,
        { subjects: withOutcome(request, outcome), body: request.body },
        { now },
      ),
  ],
];

const acts: readonly NamedAct[] = [
  ...['U0INES', 'U0ADA', 'U0BEA', 'U0LENA', 'U0REQUESTER', 'U0BOSS'].flatMap(
    (who): readonly NamedAct[] => [
      [`${who} approves`, decideOn(who, 'approve')],
      [`${who} denies`, decideOn(who, 'deny')],
    ],
  ),
  ['withdraw', withdrawal],
  ['old screen', onOldScreen],
  [
    'preview',
    ({ request, now }) => byJobs.previewed(request, { facts: request.service, surfaces }, now),
  ],
  ['lapse', ({ request, now }) => lapse(request, now)],
  ['remind', ({ request, now }) => remind(request, now)],
  ['escalate', ({ request, now }) => escalate(request, { to: ['U0BOSS'], what: 'escalated' }, now)],
  ['start', ({ request, now }) => byJobs.start(request, {}, { now })],
  ['record', ({ request, now }) => byJobs.record(request, {}, { now })],
  ['unsend', ({ request, now }) => byJobs.unsend(request, request.body, now)],
  ...outcomes.flatMap(byOutcome),
  ['fail', ({ request, now }) => byJobs.giveUp(request, { ...trouble, status: 'failed' }, now)],
  [
    'leave unclear',
    ({ request, now }) => byJobs.giveUp(request, { ...trouble, status: 'unclear' }, now),
  ],
  ['postpone', ({ request, now }) => byJobs.postpone(request, { trouble, surfaces }, now)],
  ['take up again', ({ request, now }) => byJobs.takeUpAgain(request, 'U0OPS', now)],
];

const MOVES: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['pending', 'approved', 'denied', 'withdrawn', 'lapsed', 'failed', 'unclear'],
  approved: ['approved', 'carrying out', 'failed', 'unclear'],
  'carrying out': ['carrying out', 'approved', 'done', 'failed', 'unclear'],
  done: ['done'],
  failed: ['failed'],
  unclear: ['unclear'],
  denied: [],
  withdrawn: [],
  lapsed: [],
};

/** Null: it was no move, was refused as one that comes too late, or is a fault that the table catches. */
function tried(act: Act, world: Pick<World, 'request' | 'now'>): Step | null {
  try {
    return act(world);
  } catch (error) {
    if (error instanceof Refusal) expect(error.code).toBe('notPending');
    else expect(String(error)).toMatch(/^TypeError: R-0000000A cannot go from .+ to .+ by \w+\.$/);
    return null;
  }
}

function mustBeAMove(before: Request, { request, entry, jobs }: Step, now: Date): void {
  expect(request.version).toBe(before.version + 1);
  expect(MOVES[before.status]).toContain(request.status);
  expect(entry).toMatchObject({ request: before.id, at: now, people: ['U0LENA'] });
  expect(Request.parse(JSON.parse(JSON.stringify(request)))).toEqual(request);
  if (jobs.some(({ name }) => name === 'carry-out')) {
    expect(['approved', 'carrying out']).toContain(request.status);
  }
  const settles = isSettled(request.status) && request.status !== before.status;
  if (settles && request.status !== 'withdrawn') {
    const outcome = jobs.filter(({ payload }) => payload['message'] === 'outcome');
    expect(outcome.map(({ payload }) => payload['to'])).toEqual(['U0REQUESTER']);
  }
  if (settles) expect(request.trouble !== null || request.status !== 'failed').toBe(true);
}

function live(world: World, [, act]: NamedAct): void {
  const step = tried(act, world);
  if (step === null) return;
  mustBeAMove(world.request, step, world.now);
  world.request = step.request;
  world.jobs.push(...step.jobs);
  world.statuses.push(step.request.status);
}

function begin(request: Request): World {
  const record = { rule: 'rule', asked: {} };
  const { request: first, jobs } = submit({ ...request, version: 0 }, policy, record);
  return { request: first, jobs: [...jobs], statuses: [first.status], now: NOW };
}

describe('a request, whatever people, jobs and clocks do to it', () => {
  it.each(acts)('moves only as it may from each status: %s', (_name, act) => {
    for (const status of Status.options) {
      for (const outcome of outcomes) {
        const request = aGrant({ status, trouble, subjects: [aSubject({ outcome })] });
        const step = tried(act, { request, now: NOW });
        if (step !== null) mustBeAMove(request, step, NOW);
      }
    }
  });

  it('is begun only if it was approved, and settles once', () => {
    const reached = new Set<Status>();
    const happening = fc.tuple(fc.constantFrom(...acts), fc.constantFrom(0, 0, 0, 0, 1, 30));
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 60 }),
        fc.constantFrom(1, 2),
        (happenings, needed) => {
          const service = needed === 2 ? EPIC : aGrant().service;
          const world = begin(aGrant({ service }));
          for (const [act, hours] of happenings) {
            world.now = new Date(world.now.getTime() + hours * 3_600_000);
            live(world, act);
          }
          const { request, jobs, statuses } = world;
          reached.add(request.status);
          if (statuses.some((status) => ['carrying out', 'done'].includes(status))) {
            expect(statuses).toContain('approved');
            const agreed = request.decisions.filter(({ verdict }) => verdict === 'approve');
            const who = new Set(agreed.map(({ by }) => by));
            expect(who.size).toBeGreaterThanOrEqual(needed);
            expect(who).not.toContain('U0REQUESTER');
            expect(who).not.toContain('U0LENA');
          }
          const ends = statuses.filter(isSettled);
          expect(new Set(ends).size).toBeLessThanOrEqual(1);
          const wanted = jobs.filter(({ name }) => name === 'carry-out');
          if (wanted.length > 0) expect(statuses).toContain('approved');
        },
      ),
      { numRuns: 6000 },
    );
    // Otherwise the property says nothing: every status must have been reached.
    expect([...reached].sort()).toEqual([...Status.options].sort());
  });

  it('keeps its trouble while it is failed or unclear, and ends without any when it is done', () => {
    const end = fc.constantFrom<'done' | 'failed' | 'unclear'>('done', 'failed', 'unclear');
    const later = fc.array(fc.constantFrom(...outcomes.flatMap(byOutcome)), { minLength: 1 });
    fc.assert(
      fc.property(end, later, (status, happenings) => {
        const world = begin(aGrant({ status: 'approved', approval: null }));
        world.request = aGrant({ status, trouble });
        for (const act of happenings) live(world, act);
        fc.pre(world.request.version > 1);
        expect(world.request.trouble).toEqual(status === 'done' ? null : trouble);
      }),
    );
  });
});
