import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, answerTo, formAfter, onTop, typed } from './acts.js';
import { approvalOf, asks, linked } from './acting.js';
import { type Desk, openDesk, PEOPLE } from './desk.js';
import { screen } from './screen.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
});
afterAll(() => desk.stop());

const LATE = 'Slack waited too long for this form and did not open it. Press again.';

function isTooLate(error: string): void {
  desk.slack.faults.add({ kind: 'error', error, method: 'views.open' });
}

const faults = (): number => desk.log().split('"level":"error"').length - 1;

describe('a form that came too late for Slack', () => {
  it.each(['expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id'])(
    'is offered again, with what was typed, and is no fault (%s)',
    async (error) => {
      isTooLate(error);
      const answer = await answered(desk, 'lena', '/handle request DataCite');
      expect(screen(answer)).toEqual([`⏳ ${LATE}`, '(Open the form)']);
      expect(answer.text).toBe(LATE);
      await formAfter(desk, 'lena', () =>
        desk.as('lena').clicks('ephemeral message', 'open_grant'),
      );
      expect(typed(onTop(desk, 'lena'))).toMatchObject({
        service: desk.datacite,
        people: [PEOPLE.lena],
      });
      await desk.as('lena').closes({ all: true });
    },
  );

  it('is the review of a request, or the form of a link, as well', async () => {
    const id = await asks(desk, 'lena');
    isTooLate('expired_trigger_id');
    const review = await answerTo(desk, 'cora', () =>
      desk.as('cora').clicks(approvalOf(desk, id), 'request_review'),
    );
    expect(review.text).toBe(LATE);
    await formAfter(desk, 'cora', () =>
      desk.as('cora').clicks('ephemeral message', 'request_review'),
    );
    expect(onTop(desk, 'cora').title?.text).toBe('Review request');
    expect(screen(onTop(desk, 'cora'))).toContain(`Request ${id}, rule actions.grant.approve`);
    await desk.as('cora').closes({ all: true });

    isTooLate('expired_trigger_id');
    await answered(desk, 'cora', '/handle link @tom lena@example.org');
    await formAfter(desk, 'cora', () => desk.as('cora').clicks('ephemeral message', 'open_link'));
    expect(typed(onTop(desk, 'cora'))).toEqual({
      slack: PEOPLE.tom,
      onezone: desk.onezoneIds.lena,
      reason: null,
    });
  });

  it('is told of by direct message where Slack gave no other address', async () => {
    isTooLate('expired_trigger_id');
    await desk.as('tom').uses('request_access');
    await desk.slack.until(() => desk.told('tom').length > 0, 'a message');
    expect(desk.told('tom')).toEqual([`⏳ ${LATE}`]);
  });

  it('is in the log as what may happen, without a support id, and not in the audit', async () => {
    expect(faults()).toBe(0);
    expect(desk.log()).toContain('a form came too late for Slack');
    expect((await desk.audit()).filter(({ what }) => what === 'fault')).toEqual([]);
  });
});
