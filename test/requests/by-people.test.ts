import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { approve, deny, submit, withdraw } from '../../src/requests/by-people.js';
import { type Decision, type Request, Status } from '../../src/requests/request.js';
import { after, aGrant, aRegistration, days, NOW } from '../builders.js';
import { jobsOf } from './jobs-of.js';
import { aPolicy } from './situation.js';

const policy = aPolicy();
const record = { rule: 'actions.grant.approve', asked: { level: 'use' } };
const approval = { message: 'approval' as const, to: 'C0DESK' };

const aDecision = (said: Partial<Decision> = {}): Decision => ({
  by: 'U0INES',
  onezone: null,
  verdict: 'approve',
  effect: null,
  comment: 'fine',
  at: NOW,
  ...said,
});

describe('submit', () => {
  it('lets a request wait, with all that is to happen while it does', () => {
    const escalating = aPolicy({
      requests: { ...policy.requests, escalate: { after: 1000, to: ['boss'] } },
    });
    const step = submit(aGrant({ version: 0 }), escalating, record);
    expect(step.jobs.map(({ name, key, runAt }) => [name, key, runAt])).toEqual([
      ['preview', 'preview:R-0000000A', NOW],
      ['lapse', 'lapse:R-0000000A', days(7)],
      ['remind', 'remind:R-0000000A', days(1)],
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
        change: 'grant',
        rule: 'actions.grant.approve',
        reason: 'Lena publishes the survey.',
        needs: 1,
        by: ['curator'],
        level: 'use',
      },
    });
  });

  it('reminds nobody where the policy does not want it', () => {
    const quiet = aPolicy({ requests: { ...policy.requests, remindAfter: null } });
    expect(jobsOf(submit(aGrant(), quiet, record))).toEqual(['preview', 'lapse']);
  });

  it('lapses after the time of the policy where the request does not say when', () => {
    const step = submit(aGrant({ lapsesAt: null }), policy, record);
    expect(step.jobs[1]).toMatchObject({ name: 'lapse', runAt: days(7) });
  });

  it('carries out at once what nobody has to agree to', () => {
    const step = submit(aGrant({ status: 'approved', approval: null }), policy, record);
    expect(jobsOf(step)).toEqual(['carry-out']);
    expect(step.entry.detail).not.toHaveProperty('needs');
  });

  it.each([
    ['one after the other', aRegistration({ status: 'approved' }), 'register'],
    ['beside all others', aGrant({ status: 'approved' }), null],
  ])('carries out by the lane of the request: %s', (_how, request, lane) => {
    expect(submit(request, policy, record).jobs).toEqual([
      {
        name: 'carry-out',
        key: `carry-out:${request.id}`,
        lane,
        request: request.id,
        payload: {},
        runAt: NOW,
      },
    ]);
  });

  it('puts the new name of a service on record before it has an id', () => {
    expect(submit(aRegistration(), policy, record).entry.service).toEqual({
      id: null,
      name: 'DataCite',
    });
  });
});

describe('approve', () => {
  const shown = aGrant({ surfaces: [approval], effect: 'abc' });

  it('waits on while approvals are missing', () => {
    const step = approve(shown, aDecision(), 1);
    expect(step.request).toEqual({ ...shown, version: 2, decisions: [aDecision()] });
    expect(jobsOf(step)).toEqual(['approval → C0DESK']);
  });

  it('goes on to be carried out with the last one', () => {
    const step = approve(shown, aDecision(), 0);
    expect(step.request).toEqual({
      ...shown,
      version: 2,
      status: 'approved',
      decisions: [aDecision()],
    });
    expect(jobsOf(step)).toEqual(['carry-out', 'approval → C0DESK']);
    expect(step.entry).toMatchObject({
      at: NOW,
      who: 'U0INES',
      what: 'approved',
      detail: { comment: 'fine', missing: 0, effect: 'abc' },
    });
  });
});

describe('the end of waiting by people', () => {
  const shown = aGrant({ surfaces: [approval] });

  it('a denial is told to approvers and requester, with its reason', () => {
    const decision = aDecision({ verdict: 'deny', comment: 'Ask your library.' });
    const step = deny(shown, decision);
    expect(step.request).toEqual({
      ...shown,
      version: 2,
      status: 'denied',
      decisions: [decision],
    });
    expect(step.entry).toMatchObject({
      who: 'U0INES',
      what: 'denied',
      detail: { reason: 'Ask your library.' },
    });
    expect(jobsOf(step)).toEqual(['approval → C0DESK', 'outcome → U0REQUESTER']);
  });

  it('a withdrawal is told to approvers, and not to the requester who did it', () => {
    const step = withdraw(shown, { who: 'U0REQUESTER', now: NOW });
    expect(step.request).toEqual({ ...shown, version: 2, status: 'withdrawn' });
    expect(step.entry).toMatchObject({ who: 'U0REQUESTER', what: 'withdrawn' });
    expect(jobsOf(step)).toEqual(['approval → C0DESK']);
  });
});

describe('what people can do only while a request waits', () => {
  const moves: readonly [string, (request: Request, now: Date) => unknown][] = [
    ['approve', (request, at) => approve(request, aDecision({ at }), 0)],
    ['deny', (request, at) => deny(request, aDecision({ verdict: 'deny', at }))],
    ['withdraw', (request, now) => withdraw(request, { who: 'U0REQUESTER', now })],
  ];
  const others = Status.options.filter((status) => status !== 'pending');

  it.each(moves)('%s is refused in every other status, by the status', (_name, move) => {
    for (const status of others) {
      expect(() => move(aGrant({ status }), days(365))).toThrow(
        refusals.notPending('R-0000000A', status),
      );
    }
  });

  it.each(moves)('%s is refused from the moment at which it lapses', (_name, move) => {
    const request = aGrant({ lapsesAt: after(1) });
    expect(() => move(request, after(1))).toThrow(refusals.notPending('R-0000000A', 'lapsed'));
    expect(() => move(request, NOW)).not.toThrow();
  });
});
