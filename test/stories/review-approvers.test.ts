import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalOf, asks, linked, opensReview, statusOf } from './acting.js';
import {
  answerTo,
  decides,
  formAfter,
  onTop,
  opens,
  refusalsOnRecord,
  sends,
  submits,
} from './acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { life } from './reading.js';
import { screen, wordsOf } from './screen.js';

const MINUTE = 60_000;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

describe('a click by somebody who may not decide', () => {
  it.each([
    ['gwen', 'request_review', `${PEOPLE.gwen} review: guest: `],
    ['tom', 'request_review', `${PEOPLE.tom} review: notAnApprover: `],
    ['tom', 'request_deny', `${PEOPLE.tom} deny: notAnApprover: `],
    ['gwen', 'request_deny', `${PEOPLE.gwen} deny: guest: `],
  ] as const)('of %s on %s opens nothing and is on record', async (who, action, recorded) => {
    const id = await asks(desk, 'lena');
    const said = await answerTo(desk, who, () => desk.as(who).clicks(approvalOf(desk, id), action));
    expect(wordsOf(said)).toMatch(/^⛔ (Guests of this workspace|You cannot decide this)/);
    expect(desk.as(who).modal).toBeNull();
    expect(await refusalsOnRecord(desk)).toEqual([expect.stringContaining(recorded)]);
  });

  it('shows the requester their own request', async () => {
    const id = await asks(desk, 'lena');
    expect(await opensReview(desk, 'lena', id)).toContain(
      'What happened before'.replace(/^/, '*') + '*\n• Nothing with these people and this service.',
    );
  });
});

describe('a denial', () => {
  const begins = async (): Promise<string> => {
    const id = await asks(desk, 'lena');
    await formAfter(desk, 'cora', () =>
      desk.as('cora').clicks(approvalOf(desk, id), 'request_deny'),
    );
    return id;
  };

  it('needs more than blanks for a reason', async () => {
    const id = await begins();
    await submits(desk, 'cora', { comment: '   ' });
    expect(onTop(desk, 'cora').callback_id).toBe('request_deny_reason');
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('comes back with its reason after a fault, which is on record under its support id', async () => {
    const id = await begins();
    // Slack is asked afresh who decides; what was asked a moment ago is still known.
    desk.slack.faults.add({
      kind: 'error',
      error: 'invalid_arguments',
      method: 'users.info',
      times: 9,
    });
    const view = await sends(desk, 'cora', { comment: 'Ask your own library.' });
    desk.slack.faults.clear();
    expect(view.callback_id).toBe('request_deny_reason');
    expect(screen(view)[0]).toContain('Something went wrong on our side.');
    expect(Object.values(view.values['comment'] ?? {})[0]).toMatchObject({
      value: 'Ask your own library.',
    });
    await decides(desk, 'cora', {});
    expect(await statusOf(desk, id)).toBe('denied');
    const [fault] = (await desk.audit()).filter((it) => it.what === 'fault');
    expect(fault).toMatchObject({ who: PEOPLE.cora, request: id, detail: { wanted: 'deny' } });
    expect(JSON.stringify(view.blocks)).toContain(String(fault?.detail['supportId']));
  });

  it('waits while Slack does not say who decides, and then counts as it was sent', async () => {
    const id = await begins();
    desk.slack.faults.add({
      kind: 'error',
      error: 'internal_error',
      method: 'users.info',
      times: 1000,
    });
    await submits(desk, 'cora', { comment: 'Ask your own library.' });
    await desk.works();
    expect(desk.as('cora').modal).toBeNull();
    await desk.passes(MINUTE);
    expect(await statusOf(desk, id)).toBe('pending');
    desk.slack.faults.clear();
    await desk.passes(MINUTE);
    expect(await statusOf(desk, id)).toBe('denied');
    expect(await life(desk, id)).not.toContain(`${PEOPLE.cora}: fault`);
  });
});

describe('a request to which nobody may agree', () => {
  it('is told to the operators and to whoever asks', async () => {
    const roles = POLICY.replace(`[${PEOPLE.cora}, ${PEOPLE.cem}]`, `[${PEOPLE.cora}]`);
    await desk.policy(
      roles.replace(
        /(?<=  grant: ).*$/m,
        '{ may: [everyone], approve: { by: [curator], count: 1 } }',
      ),
    );
    await opens(desk, 'cora', '/handle request DataCite');
    const view = await sends(desk, 'cora', { people: [PEOPLE.lena], reason: 'For her thesis' });
    expect(screen(view).join('\n')).toContain('there are not enough people who may agree');
    await desk.works();
    expect(desk.texts(CHANNELS.ops)).toEqual([
      expect.stringContaining('there are not enough people who may agree to it.'),
    ]);
  });
});

describe('opening the Home tab', () => {
  it('asks Slack about no requester when one is no approver', async () => {
    for (const who of ['lena', 'cem'] as const) await asks(desk, who, { people: ['lena'] });
    await desk.passes(11 * 60_000);
    const from = desk.slack.calls.length;
    await desk.as('tom').opensHome();
    await desk.slack.until(
      () => desk.slack.calls.slice(from).some((it) => it.method === 'views.publish'),
      'the Home tab',
    );
    const asked = desk.slack.calls.slice(from).filter((it) => it.method === 'users.info');
    expect(asked.map((it) => it.args['user'])).toEqual([PEOPLE.tom]);
  });
});
