import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approvalOf,
  approves,
  asks,
  becomes,
  linked,
  opensReview,
  statusOf,
  stored,
} from './acting.js';
import { decides, formAfter, onTop, refusalsOnRecord, sends, submits, typed } from './acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import type { RequestId } from '../../src/requests/request.js';
import { at, conversation, life, members, reads, USE } from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const CHANGED = (id: string): string =>
  `⚠️ What ${id} would do has changed since this message was drawn. Its message shows the new effect. Please read it and decide again.`;

const opensDenial = (id: Parameters<typeof approvalOf>[1]) =>
  formAfter(desk, 'cora', () => desk.as('cora').clicks(approvalOf(desk, id), 'request_deny'));

const shown = (): readonly string[] => screen(onTop(desk, 'cora')).map((it) => reads(desk, it));

/** What Cora was told in any way but a form. */
const toldApart = (): readonly string[] => [
  ...conversation(desk, desk.told('cora')),
  ...desk.slack.ephemerals(PEOPLE.cora).map(wordsOf),
];

/** The next time the service is read, or Slack is asked who somebody is, takes longer than Slack waits for a form. */
const isSlowToRead = (): void => {
  const path = '*/handle_services/*';
  desk.zone.faults.add({ kind: 'delay', method: 'GET', path, ms: 2500, times: 1 });
};
const isSlowToName = (): void => {
  desk.slack.faults.add({ kind: 'delay', method: 'users.info', ms: 2500, times: 1 });
};

/** Sends the form, which closes although it is still being worked on. */
async function sendsForLong(fields: Parameters<typeof submits>[2]): Promise<void> {
  expect((await submits(desk, 'cora', fields)).outcome).toBe('ok');
  expect(desk.as('cora').modal).toBeNull();
}

const becomesStatus = async (id: RequestId, status: string): Promise<void> => {
  while ((await statusOf(desk, id)) !== status) await desk.works();
};

describe('a decision that is taken', () => {
  it('closes the review of an approval; its message says the rest', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await decides(desk, 'cora', { verdict: 'approve', comment: 'Welcome!' });
    expect(desk.as('cora').modal).toBeNull();
    expect(desk.as('cora').trouble).toBeNull();
    expect(toldApart()).toEqual([]);
    expect(members(desk)).toEqual({ lena: USE });
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `✅ ${at('lena')} can use *DataCite* until ‹90d› · ${at('cora')} approved\n` +
        'In Onezone: lena of Onezone (lena).\n' +
        `Comment (in the words of ${at('cora')})\n> Welcome!`,
    ]);
  });

  it('closes the review of a denial', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await decides(desk, 'cora', { verdict: 'deny', comment: 'Not yet.' });
    expect(desk.as('cora').modal).toBeNull();
    expect(toldApart()).toEqual([]);
    expect(await statusOf(desk, id)).toBe('denied');
  });

  it('closes the form that asks for the reason of a denial', async () => {
    const id = await asks(desk, 'lena');
    await opensDenial(id);
    await decides(desk, 'cora', { comment: 'Not yet.' });
    expect(desk.as('cora').modal).toBeNull();
    expect(toldApart()).toEqual([]);
    expect(await statusOf(desk, id)).toBe('denied');
  });

  it('closes it too where another has to agree', async () => {
    await desk.policy(POLICY.replace(/(?<=  grant: .*count: )1/, '2'));
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await decides(desk, 'cora', { verdict: 'approve' });
    expect(desk.as('cora').modal).toBeNull();
    expect(toldApart()).toEqual([]);
    expect((await stored(desk, id)).decisions).toHaveLength(1);
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('sent again by a Slack that lost the answer counts once', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await decides(desk, 'cora', { verdict: 'approve' });
    const sent = desk.slack.deliveries.findLast((it) => it.kind === 'view_submission');
    if (sent === undefined) throw new Error('It was not delivered.');
    expect((await desk.slack.redeliver(sent)).status).toBe(200);
    await desk.works();
    expect((await life(desk, id)).filter((it) => it.endsWith('approved'))).toHaveLength(1);
    expect(await refusalsOnRecord(desk)).toEqual([]);
  });
});

describe('a decision that is refused', () => {
  it('comes back with what was written when the effect is another by now, and closes when it is sent again', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    becomes(desk, 'lena', ['handle_service_list_handles']);
    const view = await sends(desk, 'cora', { verdict: 'approve', comment: 'Welcome!' });
    expect(view.callback_id).toBe('request_review');
    expect(view.title?.text).toBe('Review request');
    expect(shown()).toEqual([
      CHANGED(id),
      `⏳ *Waiting for agreement:* ${at('lena')} asks to use *DataCite* for 90 days.`,
      `*What approving would do*\n• ${at('lena')}: lena (Onezone \`‹lena›\`, linked) is a member with \`handle_service_list_handles\` → ` +
        'member with `handle_service_list_handles`, `handle_service_register_handle`, `handle_service_view` for 90 days',
      '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.',
      `Reason (in the words of ${at('lena')})\n> Survey data for my thesis`,
      'Needs 1 agreement from curator or admin. Nobody has agreed yet. Lapses ‹time› if nobody decides.',
      `Request ${id}, rule actions.grant.approve`,
      '*What happened before*\n• Nothing with these people and this service.',
      '[Your decision]',
      '[Comment]',
    ]);
    expect(typed(view)).toEqual({ verdict: 'approve', comment: 'Welcome!' });
    expect(await statusOf(desk, id)).toBe('pending');
    expect(toldApart()).toEqual([]);
    await decides(desk, 'cora');
    expect(desk.as('cora').modal).toBeNull();
    expect(await statusOf(desk, id)).toBe('done');
    expect((await stored(desk, id)).decisions).toMatchObject([
      { by: PEOPLE.cora, comment: 'Welcome!' },
    ]);
  });

  it('is said in the form’s place, with what was written, when no other attempt is worth it', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await approves(desk, 'cem', id);
    const view = await sends(desk, 'cora', { verdict: 'deny', comment: 'Not this time.' });
    expect(view.callback_id).toBe('said');
    expect(view.title?.text).toBe('Deny');
    expect(shown()).toEqual([
      `${id} is already done. Nothing was changed. The message shows how it ended.`,
      'You wrote: Not this time.',
    ]);
    expect(await statusOf(desk, id)).toBe('done');
    expect(toldApart()).toEqual([]);
  });

  it('is said likewise to whoever has lost the role meanwhile', async () => {
    const id = await asks(desk, 'lena');
    await opensDenial(id);
    await desk.policy(POLICY.replace(`[${PEOPLE.cora}, `, '['));
    const view = await sends(desk, 'cora', { comment: 'Not this time.' });
    expect(view.callback_id).toBe('said');
    expect(shown()).toEqual([
      'You cannot decide this: the policy wants agreement from curator or admin. Someone with the role curator or admin has to decide.',
      'You wrote: Not this time.',
    ]);
    expect(await statusOf(desk, id)).toBe('pending');
  });
});

describe('a decision that takes longer than a moment', () => {
  it('closes the form; its message shows how it went', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    isSlowToRead();
    await sendsForLong({ verdict: 'approve', comment: 'Welcome!' });
    await becomesStatus(id, 'done');
    expect(members(desk)).toEqual({ lena: USE });
    expect(toldApart()).toEqual([]);
  });

  it('closes the form of a denial', async () => {
    const id = await asks(desk, 'lena');
    await opensDenial(id);
    isSlowToName();
    await sendsForLong({ comment: 'Not yet.' });
    await becomesStatus(id, 'denied');
    expect(toldApart()).toEqual([]);
  });

  it('is told by message, with what was written, when it is refused then', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    becomes(desk, 'lena', ['handle_service_list_handles']);
    isSlowToRead();
    await sendsForLong({ verdict: 'approve', comment: 'Welcome!' });
    await desk.slack.until(() => desk.told('cora').length > 0, 'a message');
    expect(toldApart()).toEqual([
      `⛔ What ${id} would do has changed since this message was drawn.\n` +
        'Next: Its message shows the new effect. Please read it and decide again.\n' +
        'You wrote: Welcome!',
    ]);
    expect(await statusOf(desk, id)).toBe('pending');
  });
});
