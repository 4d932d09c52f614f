import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import * as lifecycle from '../../src/requests/lifecycle.js';
import type {
  Beneficiary,
  GrantRequest,
  Outcome,
  Request,
  Status,
} from '../../src/requests/request.js';
import type { Step } from '../../src/requests/step.js';
import { aBeneficiary, after, aGrant, aRegistration, NOW } from '../builders.js';
import { aPolicy } from './situation.js';

const policy = aPolicy();
const receipt = { membership: true, privileges: ['handle_service_view'] };
const active: Outcome = { kind: 'active', receipt, has: ['handle_service_view'], at: NOW };
const failed: Outcome = { kind: 'failed', why: 'blocked', next: 'unblock' };
const unclear: Outcome = { kind: 'unclear', saw: 'no privileges', receipt };
const lena = (outcome: Outcome): Beneficiary => aBeneficiary({ outcome });
const omar = (outcome: Outcome): Beneficiary => aBeneficiary({ slack: 'U0OMAR', outcome });
const told = { now: NOW, supportId: 'S-1', channels: ['C0TEAM'] };
const decision = (verdict: 'approve' | 'deny') => ({
  by: 'U0INES',
  onezone: null,
  verdict,
  effect: null,
  comment: 'fine',
  at: NOW,
});
const approval = { what: 'approval' as const, to: 'C0DESK' };

/** Names of the jobs of a step; of a message also what it tells, and whom. */
const jobsOf = (step: Step | null): readonly string[] =>
  (step?.jobs ?? []).map((it) =>
    it.name === 'tell' ? `${it.payload['what'] ?? ''} → ${it.payload['to'] ?? ''}` : it.name,
  );

describe('submit', () => {
  it('lets a request wait, with all that is to happen while it does', () => {
    const escalating = aPolicy({
      requests: { ...policy.requests, escalate: { after: 1000, to: ['boss'] } },
    });
    const step = lifecycle.submit(aGrant({ version: 0 }), escalating, 'actions.grant.approve');
    expect(step.jobs.map((it) => [it.name, it.key, it.runAt])).toEqual([
      ['preview', 'preview:R-0000000A', NOW],
      ['lapse', 'lapse:R-0000000A', after(7 * 24 * 60)],
      ['remind', 'remind:R-0000000A', after(24 * 60)],
      ['escalate', 'escalate:R-0000000A', new Date(NOW.getTime() + 1000)],
    ]);
    expect(step.request).toEqual(aGrant({ version: 1 }));
    expect(step.entry).toEqual({
      at: NOW,
      who: 'U0REQUESTER',
      what: 'asked',
      request: 'R-0000000A',
      service: { id: 'service-datacite', name: 'DataCite' },
      people: ['U0LENA'],
      detail: {
        rule: 'actions.grant.approve',
        reason: 'Lena publishes the survey.',
        needs: 1,
        by: ['curator'],
        level: 'use',
        until: { for: '90d' },
        identities: [{ slack: 'U0LENA', onezone: 'onezone-lena', by: 'linked' }],
      },
    });
  });

  it('carries out at once what nobody has to agree to', () => {
    const step = lifecycle.submit(aGrant({ status: 'approved', approval: null }), policy, 'r');
    expect(jobsOf(step)).toEqual(['carry-out']);
  });

  it('carries out registrations one after the other', () => {
    const lane = (request: Request) => lifecycle.submit(request, policy, 'r').jobs[0]?.lane;
    expect(lane(aRegistration({ status: 'approved' }))).toBe('register');
    expect(lane(aGrant({ status: 'approved' }))).toBeNull();
  });

  it('puts the new name of a service on record before it has an id', () => {
    expect(lifecycle.submit(aRegistration(), policy, 'r').entry.service).toEqual({
      id: null,
      name: 'DataCite',
    });
  });
});

describe('approve', () => {
  it('waits on while approvals are missing', () => {
    const step = lifecycle.approve(aGrant({ surfaces: [approval] }), decision('approve'), 1);
    expect(step.request).toMatchObject({ status: 'pending', decisions: [decision('approve')] });
    expect(jobsOf(step)).toEqual(['approval → C0DESK']);
  });

  it('goes on to be carried out with the last one', () => {
    const step = lifecycle.approve(
      aGrant({ surfaces: [approval], effect: 'abc' }),
      decision('approve'),
      0,
    );
    expect(step.request.status).toBe('approved');
    expect(jobsOf(step)).toEqual(['carry-out', 'approval → C0DESK']);
    expect(step.entry).toMatchObject({
      who: 'U0INES',
      what: 'approved',
      detail: { comment: 'fine', missing: 0, effect: 'abc' },
    });
  });
});

describe('what can only be done while a request waits', () => {
  const moves: readonly [string, (request: Request, now: Date) => unknown][] = [
    [
      'approve',
      (request, now) => lifecycle.approve(request, { ...decision('approve'), at: now }, 0),
    ],
    ['deny', (request, now) => lifecycle.deny(request, { ...decision('deny'), at: now })],
    ['withdraw', (request, now) => lifecycle.withdraw(request, { who: 'U0REQUESTER', now })],
  ];
  const statuses: readonly Status[] = [
    'approved',
    'carrying out',
    'done',
    'failed',
    'unclear',
    'denied',
    'withdrawn',
    'lapsed',
  ];

  it.each(moves)('%s is refused in every other status, by the status', (_name, move) => {
    for (const status of statuses) {
      expect(() => move(aGrant({ status }), after(60 * 24 * 365))).toThrow(
        refusals.notPending('R-0000000A', status),
      );
    }
  });

  it.each(moves)('%s is refused from the moment at which it lapses', (_name, move) => {
    const request = aGrant({ lapsesAt: after(1) });
    expect(() => move(request, after(1))).toThrow(refusals.notPending('R-0000000A', 'lapsed'));
    expect(() => move(request, NOW)).not.toThrow();
  });

  it('timers that come late change nothing', () => {
    for (const status of statuses) {
      expect(lifecycle.lapse(aGrant({ status }), NOW)).toBeNull();
      expect(lifecycle.remind(aGrant({ status }), NOW)).toBeNull();
      expect(
        lifecycle.escalate(aGrant({ status }), { to: ['C0OPS'], what: 'escalated' }, NOW),
      ).toBeNull();
    }
  });
});

describe('the end of waiting', () => {
  it.each<[Status, Step | null, readonly string[]]>([
    [
      'denied',
      lifecycle.deny(aGrant({ surfaces: [approval] }), decision('deny')),
      ['approval → C0DESK', 'outcome → U0REQUESTER'],
    ],
    [
      'lapsed',
      lifecycle.lapse(aGrant({ surfaces: [approval] }), NOW),
      ['approval → C0DESK', 'outcome → U0REQUESTER'],
    ],
    [
      'withdrawn',
      lifecycle.withdraw(aGrant({ surfaces: [approval] }), { who: 'U0REQUESTER', now: NOW }),
      ['approval → C0DESK'],
    ],
  ])('%s is told to approvers, and to a requester who did not do it', (status, step, jobs) => {
    expect(step?.request.status).toBe(status);
    expect(step?.entry.what).toBe(status);
    expect(jobsOf(step)).toEqual(jobs);
  });
});

describe('reminding and escalating', () => {
  it('reminds where the approval message stands', () => {
    const outcome = { what: 'outcome' as const, to: 'U0REQUESTER' };
    const step = lifecycle.remind(aGrant({ surfaces: [approval, outcome] }), NOW);
    expect(jobsOf(step)).toEqual(['reminder → C0DESK']);
  });

  it('shows it to more people, to nobody twice', () => {
    const step = lifecycle.escalate(
      aGrant({ surfaces: [approval] }),
      { to: ['U0ADA', 'C0DESK'], what: 'escalated' },
      NOW,
    );
    expect(step?.request.surfaces).toEqual([approval, { what: 'approval', to: 'U0ADA' }]);
    expect(jobsOf(step)).toEqual(['approval → U0ADA']);
  });
});

describe('carrying out a grant', () => {
  const agreed = aGrant({ status: 'approved' });

  it('stores the end together with the beginning', () => {
    const end = after(90 * 24 * 60);
    const step = lifecycle.startGrant(agreed, agreed.people, { now: NOW, end });
    expect(step.request).toMatchObject({ status: 'carrying out', startedAt: NOW, end });
    expect(step.jobs).toEqual([
      {
        name: 'end',
        key: 'end:R-0000000A',
        lane: null,
        request: 'R-0000000A',
        payload: {},
        runAt: end,
      },
    ]);
  });

  it('ends a permanent grant never', () => {
    const step = lifecycle.startGrant(agreed, agreed.people, { now: NOW, end: null });
    expect(jobsOf(step)).toEqual([]);
  });

  it('shows the progress of many', () => {
    const people = [lena({ kind: 'waiting' }), omar({ kind: 'waiting' })];
    const step = lifecycle.startGrant(agreed, people, { now: NOW, end: null });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER']);
    const on = lifecycle.progress(step.request, [lena(active), omar({ kind: 'waiting' })], NOW);
    expect(on.entry.detail).toMatchObject({ settled: 1, of: 2 });
    expect(jobsOf(on)).toEqual(['outcome → U0REQUESTER']);
  });

  const settle = (people: readonly Beneficiary[], request: GrantRequest = agreed) =>
    lifecycle.settleGrant({ ...request, status: 'carrying out' }, people, told);

  it.each<[Status, readonly Beneficiary[]]>([
    ['done', [lena(active)]],
    ['done', [lena(active), omar(failed)]],
    ['failed', [lena(failed), omar(failed)]],
    ['unclear', [lena(active), omar(unclear)]],
    ['unclear', [lena(failed), omar(unclear)]],
  ])('is %s by what was read back', (status, people) => {
    expect(settle(people).request.status).toBe(status);
  });

  it('tells everyone of new access: requester, beneficiary, team', () => {
    expect(jobsOf(settle([lena(active)]))).toEqual([
      'outcome → U0REQUESTER',
      'welcome → U0LENA',
      'announcement → C0TEAM',
    ]);
  });

  it('welcomes nobody who asked for themselves: the outcome says it', () => {
    expect(jobsOf(settle([lena(active)], { ...agreed, requester: 'U0LENA' }))).toEqual([
      'outcome → U0LENA',
      'announcement → C0TEAM',
    ]);
  });

  it('announces nothing that was not read back, and tells operators', () => {
    const step = settle([lena(unclear)]);
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'trouble → operators']);
    expect(step.request.trouble).toEqual({
      why: 'Onezone did not confirm it. Seen instead: no privileges.',
      next: 'An operator has to look at it.',
      supportId: 'S-1',
    });
    expect(step.entry).toMatchObject({ what: 'unclear', detail: { supportId: 'S-1' } });
  });

  it('says of a failure why, and what can be done', () => {
    expect(settle([lena(failed)]).request.trouble).toEqual({
      why: 'blocked',
      next: 'unblock',
      supportId: 'S-1',
    });
  });

  it('welcomes only those who have access', () => {
    expect(jobsOf(settle([lena(failed), omar(active)]))).toContain('welcome → U0OMAR');
    expect(jobsOf(settle([lena(failed), omar(active)]))).not.toContain('welcome → U0LENA');
  });
});

describe('the end of a grant', () => {
  const done = aGrant({ status: 'done', people: [lena(active), omar(failed)] });
  const ended: Outcome = { kind: 'ended', at: NOW, left: 'nothing' };

  it('keeps the receipt of what is to be taken away', () => {
    expect(lifecycle.beginEnd(done, NOW)?.request.people).toEqual([
      lena({ kind: 'ending', receipt }),
      omar(failed),
    ]);
  });

  it('ends also what is unclear, as far as it can have been given', () => {
    const people = [lena(unclear)];
    expect(lifecycle.beginEnd(aGrant({ people }), NOW)?.request.people).toEqual([
      lena({ kind: 'ending', receipt }),
    ]);
  });

  it('begins once', () => {
    const begun = lifecycle.beginEnd(done, NOW);
    expect(begun && lifecycle.beginEnd(begun.request, NOW)).toBeNull();
  });

  it('is told to whom it concerns, once', () => {
    const request = { ...done, people: [lena({ kind: 'ending', receipt }), omar(ended)] };
    const step = lifecycle.ended(request, [lena(ended), omar(ended)], NOW);
    expect(jobsOf(step)).toEqual(['ended → U0LENA']);
    expect(step.entry.detail).toEqual({
      outcomes: [{ slack: 'U0LENA', onezone: 'onezone-lena', ...ended }],
    });
  });

  it('hands over what another grant still needs', () => {
    const more = {
      membership: false,
      privileges: ['handle_service_view', 'handle_service_list_handles'],
    };
    const step = lifecycle.inherit(done, 'U0LENA', more, NOW);
    const heir = step?.request.people[0];
    expect(heir?.outcome).toEqual({
      ...active,
      receipt: {
        membership: true,
        privileges: ['handle_service_view', 'handle_service_list_handles'],
      },
    });
  });
});

describe('registering', () => {
  it('notes what was there before', () => {
    const step = lifecycle.startRegister(aRegistration({ status: 'approved' }), ['a', 'b'], NOW);
    expect(step.request).toMatchObject({
      status: 'carrying out',
      startedAt: NOW,
      servicesBefore: ['a', 'b'],
    });
  });

  it('tells the requester, and reads the services anew', () => {
    const service = { id: 'new', name: 'DataCite' };
    const step = lifecycle.settleRegister(aRegistration({ status: 'carrying out' }), service, NOW);
    expect(step.request).toMatchObject({ status: 'done', service, servicesBefore: null });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'read-services']);
  });

  it('is as before when the call never left', () => {
    const started = lifecycle.startRegister(
      aRegistration({ status: 'approved' }),
      ['a'],
      NOW,
    ).request;
    expect(lifecycle.notSent(started, NOW).request).toMatchObject({
      status: 'approved',
      startedAt: null,
      servicesBefore: null,
    });
  });
});

describe('trouble', () => {
  it('gives up with a reason, told to requester and operators', () => {
    const trouble = { status: 'failed' as const, why: 'w', next: 'n', supportId: 'S-1' };
    const step = lifecycle.giveUp(aRegistration({ status: 'carrying out' }), trouble, NOW);
    expect(step.request).toMatchObject({
      status: 'failed',
      trouble: { why: 'w', next: 'n', supportId: 'S-1' },
    });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'trouble → operators']);
  });

  it('says once that Onezone does not answer', () => {
    const outage = { surfaces: [approval], why: 'no answer', supportId: 'S-1' };
    const step = lifecycle.keepWaiting(aGrant(), outage, NOW);
    expect(jobsOf(step)).toEqual([
      'approval → C0DESK',
      'kept → U0REQUESTER',
      'trouble → operators',
    ]);
    expect(step && lifecycle.keepWaiting(step.request, outage, NOW)).toBeNull();
    expect(lifecycle.keepWaiting(aGrant({ status: 'denied' }), outage, NOW)).toBeNull();
  });
});
