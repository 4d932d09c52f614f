import { describe, expect, it } from '@jest/globals';
import {
  follow,
  giveUp,
  postpone,
  previewed,
  progress,
  record,
  settle,
  start,
  takeUpAgain,
  unsend,
} from '../../src/requests/by-jobs.js';
import { effectOf } from '../../src/requests/effect.js';
import { notify } from '../../src/requests/jobs.js';
import { type Outcome, type Request, Status, type Subject } from '../../src/requests/request.js';
import { after, aGrant, aJob, aRegistration, aSubject, days, NOW } from '../builders.js';
import { jobsOf } from './jobs-of.js';

const VIEW = ['handle_service_view'];
const done: Outcome = { kind: 'done', at: NOW, has: VIEW, added: VIEW };
const failed: Outcome = { kind: 'failed', why: 'blocked', next: 'unblock' };
const unclear: Outcome = { kind: 'unclear', saw: 'no privileges' };
const ended: Outcome = { kind: 'ended', at: NOW, due: NOW, by: null, left: 'nothing' };
const lena = (outcome: Outcome): Subject => aSubject({ outcome });
const omar = (outcome: Outcome): Subject => aSubject({ slack: 'U0OMAR', outcome });
const approval = { message: 'approval' as const, to: 'C0DESK' };
const outcome = { message: 'outcome' as const, to: 'U0REQUESTER' };
const trouble = { why: 'No answer.', next: 'Wait.', supportId: 'S-1' };
const extra = aJob({ name: 'reconcile', key: 'extra' });

describe('the preview', () => {
  it('shows the effect of what was read, and that an outage is over', () => {
    const kept = aGrant({ postponed: true, trouble, surfaces: [approval] });
    const step = previewed(
      kept,
      { facts: ['some', 'facts'], surfaces: [approval, { message: 'approval', to: 'U0INES' }] },
      after(1),
    );
    expect(step.request).toEqual({
      ...kept,
      version: 2,
      effect: effectOf(['some', 'facts']),
      surfaces: [approval, { message: 'approval', to: 'U0INES' }],
      trouble: null,
      postponed: false,
    });
    expect(step.entry).toMatchObject({
      at: after(1),
      who: 'bot',
      what: 'previewed',
      detail: { effect: effectOf(['some', 'facts']) },
    });
    expect(jobsOf(step)).toEqual(['approval → C0DESK', 'approval → U0INES']);
  });
});

describe('the beginning', () => {
  const agreed = aGrant({ status: 'approved', postponed: true });

  it('is stored with what the change must not forget, and its jobs', () => {
    const body = { end: days(90) };
    const step = start(agreed, { body }, { now: NOW, jobs: [extra], detail: { end: 'then' } });
    expect(step.request).toEqual({
      ...agreed,
      version: 2,
      status: 'carrying out',
      postponed: false,
      startedAt: NOW,
      body,
    });
    expect(step.entry).toMatchObject({ what: 'started', detail: { end: 'then' } });
    expect(step.jobs).toEqual([extra]);
  });

  it('shows the requester the progress of many, and draws one person only when it is done', () => {
    const subjects = [lena({ kind: 'waiting' }), omar({ kind: 'waiting' })];
    const many = start(agreed, { subjects }, { now: NOW });
    expect(many.request.surfaces).toEqual([outcome]);
    expect(jobsOf(many)).toEqual(['outcome → U0REQUESTER']);
    const one = start({ ...agreed, surfaces: [approval] }, {}, { now: NOW });
    expect(one.request.surfaces).toEqual([approval]);
    expect(jobsOf(one)).toEqual([]);
  });

  it('may come twice: a call that got lost is made anew', () => {
    const begun = aRegistration({ status: 'carrying out', startedAt: NOW });
    expect(start(begun, {}, { now: after(1) }).request).toMatchObject({
      status: 'carrying out',
      startedAt: after(1),
    });
  });

  it('is undone when the call never left', () => {
    const begun = aRegistration({ status: 'carrying out', startedAt: NOW });
    const body = { servicesBefore: null, attempts: 0 };
    const step = unsend(begun, body, after(1));
    expect(step.request).toEqual({
      ...begun,
      version: 2,
      status: 'approved',
      startedAt: null,
      body,
    });
    expect(step.entry.what).toBe('kept waiting');
    expect(jobsOf(step)).toEqual([]);
  });
});

describe('on the way', () => {
  it('what must not be asked again is put on record', () => {
    const begun = aRegistration({ status: 'carrying out' });
    const service = { id: 'service-new', name: 'DataCite' };
    const step = record(begun, { service }, { now: NOW, detail: service });
    expect(step.request).toEqual({ ...begun, version: 2, service });
    expect(step.entry).toMatchObject({ what: 'recorded', service, detail: service });
    expect(jobsOf(step)).toEqual([]);
  });

  it('the requester sees who has their outcome', () => {
    const begun = aGrant({ status: 'carrying out', surfaces: [outcome] });
    const subjects = [lena(done), omar({ kind: 'waiting' })];
    const step = progress(begun, subjects, { now: NOW, jobs: [extra] });
    expect(step.request).toEqual({ ...begun, version: 2, subjects });
    expect(step.entry.detail).toEqual({
      settled: 1,
      of: 2,
      outcomes: [
        { slack: 'U0LENA', onezone: 'onezone-lena', ...done },
        { slack: 'U0OMAR', onezone: 'onezone-lena', kind: 'waiting' },
      ],
    });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'reconcile']);
  });
});

describe('settling', () => {
  const begun = aGrant({ status: 'carrying out', postponed: true, trouble });
  const settled = (...subjects: readonly Subject[]) =>
    settle(begun, { subjects: [...subjects] }, { now: NOW, supportId: 'S-2', jobs: [extra] });

  it.each<[Status, readonly Subject[]]>([
    ['done', [lena(done)]],
    ['done', [lena(done), omar(failed)]],
    ['done', [lena(ended)]],
    ['failed', [lena(failed)]],
    ['failed', [lena(failed), omar(failed)]],
    ['unclear', [lena(done), omar(unclear)]],
    ['unclear', [lena(failed), omar(unclear)]],
  ])('makes it %s by what was read back', (status, subjects) => {
    expect(settled(...subjects).request.status).toBe(status);
  });

  it('of a request about nobody makes it done', () => {
    const service = { id: 'new', name: 'DataCite' };
    const registration = aRegistration({ status: 'carrying out' });
    const body = { servicesBefore: null, attempts: 1 };
    const step = settle(
      registration,
      { service, body },
      { now: NOW, supportId: 'S-2', detail: { registrar: 'DOI' } },
    );
    expect(step.request).toEqual({ ...registration, version: 2, status: 'done', service, body });
    expect(step.entry).toMatchObject({
      what: 'carried out',
      service,
      detail: { registrar: 'DOI' },
    });
    expect(step.entry.detail).not.toHaveProperty('outcomes');
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER']);
  });

  it('tells the requester, and what the change adds', () => {
    const step = settled(lena(done));
    expect(step.request).toEqual({
      ...begun,
      version: 2,
      status: 'done',
      postponed: false,
      trouble: null,
      subjects: [lena(done)],
    });
    expect(step.entry).toMatchObject({ what: 'carried out', detail: { outcomes: [done] } });
    expect(step.entry.detail).not.toHaveProperty('supportId');
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'reconcile']);
  });

  it('tells operators of what was not confirmed, under an id', () => {
    const step = settled(lena(unclear));
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'reconcile', 'trouble → operators']);
    expect(step.request.trouble).toEqual({
      why: 'Onezone did not confirm it. Seen instead: no privileges.',
      next: 'An operator has to look at it.',
      supportId: 'S-2',
    });
    expect(step.entry).toMatchObject({ what: 'unclear', detail: { supportId: 'S-2' } });
  });

  it('says of a failure why, and what can be done', () => {
    expect(settled(lena(failed)).request.trouble).toEqual({
      why: 'blocked',
      next: 'unblock',
      supportId: 'S-2',
    });
  });
});

describe('following what was given to its end', () => {
  const given = aGrant({
    status: 'done',
    subjects: [lena(done), omar(done)],
    surfaces: [outcome],
    body: { end: days(1) },
    postponed: true,
    trouble,
  });
  const followed = (request: Request, ...subjects: readonly Subject[]) =>
    follow(request, { subjects, body: request.body }, { now: NOW, jobs: [extra] });

  it('says whose part is over, and draws it again', () => {
    const step = followed(given, lena(ended), omar(done));
    expect(step.request).toEqual({
      ...given,
      version: 2,
      subjects: [lena(ended), omar(done)],
      postponed: false,
      trouble: null,
    });
    expect(step.entry).toMatchObject({
      what: 'ended',
      detail: { outcomes: [{ slack: 'U0LENA', onezone: 'onezone-lena', ...ended }] },
    });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'reconcile']);
  });

  it('tells an end that has begun from one that is over, and both from a later end', () => {
    const ending = followed(given, lena({ kind: 'ending' }), omar(done));
    expect(ending.entry).toMatchObject({ what: 'ending', detail: {} });
    const later = follow(given, { subjects: given.subjects, body: { end: days(9) } }, { now: NOW });
    expect(later.entry).toMatchObject({ what: 'extended', detail: {} });
    expect(later.request.body).toEqual({ end: days(9) });
  });

  it('forgets the trouble that a done request had with its end', () => {
    expect(followed(given, lena(ended), omar(ended)).request.trouble).toBeNull();
  });

  it.each<Status>(['unclear', 'failed'])('keeps why a request is %s', (status) => {
    const request = { ...given, status };
    expect(followed(request, lena(ended), omar(ended)).request).toMatchObject({
      status,
      trouble,
      postponed: false,
    });
  });
});

describe('giving up', () => {
  const words = { status: 'failed' as const, ...trouble };

  it.each<[Status, 'failed' | 'unclear']>([
    ['pending', 'failed'],
    ['approved', 'failed'],
    ['carrying out', 'unclear'],
  ])('a request that is %s says why, to requester and operators', (from, status) => {
    const request = aGrant({ status: from });
    const step = giveUp(request, { ...trouble, status }, NOW);
    expect(step?.request).toEqual({ ...request, version: 2, status, trouble });
    expect(step?.entry).toMatchObject({ who: 'bot', what: status, detail: trouble });
    expect(jobsOf(step)).toEqual(['outcome → U0REQUESTER', 'trouble → operators']);
  });

  it.each<Status>(['done', 'failed', 'unclear', 'denied', 'withdrawn', 'lapsed'])(
    'a request that is %s already is no move',
    (status) => {
      expect(giveUp(aGrant({ status }), words, NOW)).toBeNull();
    },
  );
});

describe('an outage', () => {
  const outage = { trouble, surfaces: [approval], jobs: [extra] };

  it.each<Status>(['pending', 'approved', 'carrying out'])(
    'is told once to those who wait for a request that is %s',
    (status) => {
      const request = aGrant({ status });
      const step = postpone(request, outage, NOW);
      expect(step?.request).toEqual({
        ...request,
        version: 2,
        postponed: true,
        surfaces: [approval],
        trouble,
      });
      expect(step?.entry).toMatchObject({
        what: 'kept waiting',
        detail: { why: 'No answer.', supportId: 'S-1' },
      });
      expect(jobsOf(step)).toEqual([
        'approval → C0DESK',
        'reconcile',
        'kept → U0REQUESTER',
        'trouble → operators',
      ]);
      expect(step && postpone(step.request, outage, NOW)).toBeNull();
    },
  );

  it.each<Status>(['done', 'failed', 'unclear'])(
    'while something ends of a request that is %s is told to the operators alone',
    (status) => {
      const ending = aGrant({ status, subjects: [lena({ kind: 'ending' })] });
      expect(jobsOf(postpone(ending, { trouble }, NOW))).toEqual(['trouble → operators']);
      expect(postpone(aGrant({ status, subjects: [lena(done)] }), { trouble }, NOW)).toBeNull();
    },
  );

  it.each<Status>(['denied', 'withdrawn', 'lapsed'])('is nothing to what is %s', (status) => {
    const ending = aGrant({ status, subjects: [lena({ kind: 'ending' })] });
    expect(postpone(ending, outage, NOW)).toBeNull();
  });

  it('is another one under another id: its messages are not those of the first', () => {
    const keys = (supportId: string) =>
      postpone(aGrant(), { trouble: { ...trouble, supportId } }, NOW)?.jobs.map(({ key }) => key);
    expect(keys('S-1')).toEqual([
      'notify:R-0000000A:kept:U0REQUESTER:S-1',
      'notify:R-0000000A:trouble:operators:S-1',
    ]);
    expect(keys('S-2')).not.toEqual(keys('S-1'));
  });
});

describe('taking up again', () => {
  it.each<Status>(['approved', 'carrying out'])('tries now what is %s', (status) => {
    const stuck = aRegistration({ status, postponed: true, trouble });
    const step = takeUpAgain(stuck, 'U0OPS', after(5));
    expect(step?.request).toEqual({ ...stuck, version: 2, postponed: false });
    expect(step?.entry).toMatchObject({ who: 'U0OPS', what: 'taken up again' });
    expect(step?.jobs).toEqual([
      expect.objectContaining({ name: 'carry-out', lane: 'register', runAt: after(5) }),
    ]);
  });

  it('has nothing to try of any other', () => {
    const others = Status.options.filter(
      (status) => !['approved', 'carrying out'].includes(status),
    );
    for (const status of others) {
      expect(takeUpAgain(aRegistration({ status }), 'U0OPS', NOW)).toBeNull();
    }
  });
});

describe('a message', () => {
  it('is one of its request, kind, reader, person and occasion, in the lane of its reader', () => {
    const { id } = aGrant();
    const warning = { message: 'warning', to: 'U0LENA', person: 'U0LENA', occasion: '1' } as const;
    expect(notify({ id }, warning, NOW)).toEqual({
      name: 'notify',
      key: 'notify:R-0000000A:warning:U0LENA:U0LENA:1',
      lane: 'notify:U0LENA',
      request: id,
      payload: { message: 'warning', to: 'U0LENA', person: 'U0LENA' },
      runAt: NOW,
    });
  });

  it('of trouble with another message says which, as text', () => {
    const undelivered = {
      message: 'approval',
      to: 'C0DESK',
      code: 'is_archived',
      tryingOn: false,
    };
    const { payload } = notify(
      aGrant(),
      { message: 'trouble', to: 'operators', trouble: 'undelivered', undelivered },
      NOW,
    );
    expect(payload).toEqual({
      message: 'trouble',
      to: 'operators',
      trouble: 'undelivered',
      undelivered: JSON.stringify(undelivered),
    });
  });
});
