import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/errors.js';
import { decide } from '../../src/requests/decide.js';
import * as lifecycle from '../../src/requests/lifecycle.js';
import {
  type GrantRequest,
  isSettled,
  type Outcome,
  Request,
  type Status,
} from '../../src/requests/request.js';
import type { NewJob, Step } from '../../src/requests/step.js';
import { aBeneficiary, aGrant, NOW } from '../builders.js';
import { about, aPolicy, EPIC, someone } from './situation.js';

/**
 * A request as it lives in the bot: people act at any time, jobs run late, twice and in any order, and only jobs reach
 * the zone. Whatever happens, the promises at the end of `live` hold.
 */
interface World {
  request: GrantRequest;
  readonly jobs: NewJob[];
  readonly statuses: Status[];
  now: Date;
}

type Move = (world: World) => Step<GrantRequest> | null;

const policy = aPolicy({
  requests: {
    lapseAfter: 7 * 86_400_000,
    remindAfter: 86_400_000,
    escalate: { after: 1, to: ['boss'] },
  },
});
const receipt = { membership: true, privileges: ['handle_service_view'] };
const active: Outcome = { kind: 'active', receipt, has: receipt.privileges, at: NOW };
const outcomes: readonly Outcome[] = [
  active,
  { kind: 'failed', why: 'w', next: 'n' },
  { kind: 'unclear', saw: 's', receipt },
];
const surfaces = [{ what: 'approval' as const, to: 'C0DESK' }];

const decideOn =
  (who: string, verdict: 'approve' | 'deny'): Move =>
  ({ request, now }) => {
    const approvers = request.decisions.map((it) => someone(it.by));
    const situation = about(request, { approvers });
    const said = decide(policy, someone(who), { do: verdict, about: situation }, now);
    if (said.kind !== 'allowed') return null;
    const { effect } = request;
    const decision = { by: who, onezone: null, verdict, effect, comment: '', at: now };
    return verdict === 'deny'
      ? lifecycle.deny(request, decision)
      : lifecycle.approve(request, decision, said.missing);
  };

const withdraw: Move = ({ request, now }) => {
  const question = { do: 'withdraw' as const, about: about(request) };
  const said = decide(policy, someone('U0REQUESTER'), question, now);
  return said.kind === 'allowed' ? lifecycle.withdraw(request, { who: 'U0REQUESTER', now }) : null;
};

/** Also for what people try on a screen that is out of date: decided by nobody before. */
const onOldScreen: Move = ({ request, now }) =>
  lifecycle.approve(
    request,
    { by: 'U0X', onezone: null, verdict: 'approve', effect: null, comment: '', at: now },
    1,
  );

const carryOut =
  (outcome: Outcome): Move =>
  ({ request, jobs, now }) => {
    if (!jobs.some((it) => it.name === 'carry-out')) return null;
    if (!['approved', 'carrying out'].includes(request.status)) return null;
    if (request.status === 'approved') {
      const end = new Date(now.getTime() + 1000);
      return lifecycle.startGrant(request, request.people, { now, end });
    }
    const people = request.people.map((it) => ({ ...it, outcome }));
    return lifecycle.settleGrant(request, people, { now, supportId: 'S', channels: ['C0TEAM'] });
  };

const endGrant: Move = ({ request, jobs, now }) => {
  if (!jobs.some((it) => it.name === 'end')) return null;
  if (!request.people.some((it) => it.outcome.kind === 'ending'))
    return lifecycle.beginEnd(request, now);
  const ended: Outcome = { kind: 'ended', at: now, left: 'nothing' };
  return lifecycle.ended(
    request,
    request.people.map((it) => ({ ...it, outcome: ended })),
    now,
  );
};

const told = { surfaces, why: 'w', supportId: 'S' };
const move: fc.Arbitrary<readonly [string, Move]> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('U0INES', 'U0ADA', 'U0BEA', 'U0LENA', 'U0REQUESTER', 'U0BOSS'),
      fc.constantFrom('approve' as const, 'approve' as const, 'deny' as const),
    )
    .map(([who, what]): readonly [string, Move] => [`${who} ${what}`, decideOn(who, what)]),
  fc.constantFrom<readonly [string, Move]>(
    ['withdraw', withdraw],
    ['old screen', onOldScreen],
    [
      'preview',
      ({ request, now }) =>
        request.status === 'pending' ? lifecycle.previewed(request, surfaces, now) : null,
    ],
    ['lapse', ({ request, now }) => lifecycle.lapse(request, now)],
    ['remind', ({ request, now }) => lifecycle.remind(request, now)],
    [
      'escalate',
      ({ request, now }) => lifecycle.escalate(request, { to: ['U0BOSS'], what: 'escalated' }, now),
    ],
    ['outage', ({ request, now }) => lifecycle.keepWaiting(request, told, now)],
    ['end', endGrant],
  ),
  fc
    .constantFrom(...outcomes)
    .map((it): readonly [string, Move] => [`carry out, ${it.kind}`, carryOut(it)]),
);

const MOVES: Readonly<Record<string, readonly Status[]>> = {
  pending: ['pending', 'approved', 'denied', 'withdrawn', 'lapsed'],
  approved: ['approved', 'carrying out'],
  'carrying out': ['carrying out', 'done', 'failed', 'unclear'],
};

function live(world: World, [, act]: readonly [string, Move]): void {
  const before = world.request;
  let step: Step<GrantRequest> | null;
  try {
    step = act(world);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).toBe('notPending');
    return;
  }
  if (step === null) return;
  const { request, entry, jobs } = step;
  expect(request.version).toBe(before.version + 1);
  expect(MOVES[before.status] ?? [before.status]).toContain(request.status);
  expect(entry).toMatchObject({ request: before.id, at: world.now, people: ['U0LENA'] });
  expect(Request.parse(JSON.parse(JSON.stringify(request)))).toEqual(request);
  if (
    isSettled(request.status) &&
    request.status !== before.status &&
    request.status !== 'withdrawn'
  ) {
    const telling = jobs.filter((it) => it.payload['what'] === 'outcome');
    expect(telling.map((it) => it.payload['to'])).toEqual(['U0REQUESTER']);
  }
  if (jobs.some((it) => it.name === 'carry-out')) expect(request.status).toBe('approved');
  world.request = request;
  world.jobs.push(...jobs);
  world.statuses.push(request.status);
}

function begin(request: GrantRequest): World {
  const { request: first, jobs } = lifecycle.submit({ ...request, version: 0 }, policy, 'rule');
  return { request: first, jobs: [...jobs], statuses: [first.status], now: NOW };
}

describe('a request, whatever people and clocks do to it', () => {
  const days = fc.array(fc.tuple(move, fc.constantFrom(0, 0, 0, 1, 30)), { maxLength: 40 });

  it('is carried out only if it was approved, and settles once', () => {
    const reached = new Set<Status>();
    fc.assert(
      fc.property(days, fc.constantFrom(1, 2), (happenings, needed) => {
        const service = needed === 2 ? EPIC : aGrant().service;
        const world = begin(aGrant({ service }));
        for (const [happening, hours] of happenings) {
          world.now = new Date(world.now.getTime() + hours * 3_600_000);
          live(world, happening);
        }
        const { request, statuses, jobs } = world;
        reached.add(request.status);
        if (statuses.some((it) => ['carrying out', 'done', 'failed', 'unclear'].includes(it))) {
          expect(statuses).toContain('approved');
          const agreed = request.decisions.filter((it) => it.verdict === 'approve');
          expect(new Set(agreed.map((it) => it.by)).size).toBeGreaterThanOrEqual(needed);
          expect(agreed.map((it) => it.by)).not.toContain('U0REQUESTER');
          expect(agreed.map((it) => it.by)).not.toContain('U0LENA');
          expect(jobs.filter((it) => it.name === 'end')).toHaveLength(1);
        }
        expect(jobs.filter((it) => it.name === 'carry-out').length).toBeLessThanOrEqual(1);
        expect(
          jobs.filter((it) => it.payload['what'] === 'announcement').length,
        ).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
    // Otherwise the property says nothing: every end must have been reached.
    expect([...reached].sort()).toEqual([
      'approved',
      'carrying out',
      'denied',
      'done',
      'failed',
      'lapsed',
      'pending',
      'unclear',
      'withdrawn',
    ]);
  });

  it('tells a beneficiary of the end at most once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Move>(endGrant, carryOut(active)), {
          maxLength: 12,
        }),
        (moves) => {
          const world = begin(
            aGrant({ status: 'approved', approval: null, people: [aBeneficiary()] }),
          );
          for (const act of moves) live(world, ['', act]);
          expect(
            world.jobs.filter(
              ({ payload }) => payload['what'] === 'ended' && payload['to'] === 'U0LENA',
            ).length,
          ).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
