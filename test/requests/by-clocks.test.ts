import { describe, expect, it } from '@jest/globals';
import { escalate, lapse, remind } from '../../src/requests/by-clocks.js';
import { Status } from '../../src/requests/request.js';
import { after, aGrant, days, NOW } from '../builders.js';
import { jobsOf } from './jobs-of.js';

const approval = { message: 'approval' as const, to: 'C0DESK' };
const outcome = { message: 'outcome' as const, to: 'U0REQUESTER' };
const toOperators = { to: ['C0OPS'], what: 'escalated' } as const;

describe('lapsing', () => {
  it('is told to approvers and requester, with the time that was up', () => {
    const shown = aGrant({ surfaces: [approval] });
    const step = lapse(shown, days(8));
    expect(step?.request).toEqual({ ...shown, version: 2, status: 'lapsed' });
    expect(step?.entry).toMatchObject({
      at: days(8),
      who: 'bot',
      what: 'lapsed',
      detail: { after: days(7).toISOString() },
    });
    expect(jobsOf(step)).toEqual(['approval → C0DESK', 'outcome → U0REQUESTER']);
  });

  it('tells the requester once who is shown the outcome already', () => {
    const step = lapse(aGrant({ surfaces: [outcome] }), NOW);
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER']);
  });
});

describe('reminding', () => {
  it('happens where the approval message stands, and is edited from then on', () => {
    const shown = aGrant({ surfaces: [approval, outcome] });
    const step = remind(shown, days(1));
    expect(jobsOf(step)).toEqual(['reminder → C0DESK']);
    expect(step?.entry).toMatchObject({ who: 'bot', what: 'reminded' });
    expect(step?.request).toEqual({
      ...shown,
      version: 2,
      surfaces: [approval, outcome, { message: 'reminder', to: 'C0DESK' }],
    });
  });
});

describe('asking others as well', () => {
  it.each(['escalated', 'asked in person'] as const)('shows it to more people (%s)', (what) => {
    const step = escalate(aGrant({ surfaces: [approval] }), { to: ['U0ADA', 'C0DESK'], what }, NOW);
    expect(step?.request.surfaces).toEqual([approval, { message: 'approval', to: 'U0ADA' }]);
    expect(step?.entry).toMatchObject({ what, detail: { to: ['U0ADA'] } });
    expect(jobsOf(step)).toEqual(['approval → U0ADA']);
  });

  it('is no move where all of them were asked already', () => {
    const request = aGrant({ surfaces: [approval] });
    expect(escalate(request, { to: ['C0DESK'], what: 'escalated' }, NOW)).toBeNull();
  });
});

describe('a timer that comes late', () => {
  const others = Status.options.filter((status) => status !== 'pending');

  it.each(others)('changes nothing of a request that is %s', (status) => {
    const request = aGrant({ status, surfaces: [approval] });
    expect(lapse(request, NOW)).toBeNull();
    expect(remind(request, NOW)).toBeNull();
    expect(escalate(request, toOperators, NOW)).toBeNull();
  });

  it('neither reminds nor escalates from the moment at which the request lapses', () => {
    const request = aGrant({ lapsesAt: after(1), surfaces: [approval] });
    expect(remind(request, NOW)).not.toBeNull();
    expect(remind(request, after(1))).toBeNull();
    expect(escalate(request, toOperators, NOW)).not.toBeNull();
    expect(escalate(request, toOperators, after(1))).toBeNull();
    expect(lapse(request, after(1))).not.toBeNull();
  });
});
