import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { told } from './acts.js';
import {
  answerAfter,
  approvalOf,
  approves,
  asks,
  becomes,
  denies,
  isRefused,
  linked,
  opensReview,
  presses,
  reviews,
  statusOf,
} from './acting.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE } from './desk.js';
import {
  at,
  conversation,
  life,
  mark,
  members,
  onRecord,
  reads,
  USE,
  writesSince,
} from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

describe('a denial', () => {
  it('asks for a reason, which the requester reads, and changes nothing (peers’ case 19)', async () => {
    const id = await asks(desk, 'lena');
    const from = mark(desk);
    await denies(desk, 'cora', id, 'Please ask for the test service first.');
    const why = `Why it was denied (in the words of ${at('cora')})\n> Please ask for the test service first.`;
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `⛔ *Denied:* ${at('lena')} asked to use *DataCite* for 90 days.\nDenied by ${at('cora')} (‹0d›).\n` +
        `Nothing was changed in Onezone.\n${why}`,
    ]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `⛔ *Denied:* you asked to use *DataCite* for 90 days.\nDenied by ${at('cora')} (‹0d›).\n` +
        `Nothing was changed. Talk to whoever denied it, or ask again with \`/handle request\`.\n${why}`,
    ]);
    expect(desk.told('lena').join()).not.toContain('until');
    expect((await onRecord(desk, id)).at(-1)).toEqual({
      who: PEOPLE.cora,
      what: 'denied',
      detail: { reason: 'Please ask for the test service first.' },
    });
    expect(writesSince(desk, from)).toEqual([]);
    expect(desk.texts(CHANNELS.team)).toEqual([]);
  });

  it('without a reason is not sent', async () => {
    const id = await asks(desk, 'lena');
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_deny');
    await desk.slack.until(() => desk.as('cora').modal !== null, 'the form');
    expect(await desk.as('cora').submits({})).toMatchObject({
      outcome: 'not_delivered',
      errors: { comment: expect.any(String) },
    });
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('is final: whoever approves an old message is told so', async () => {
    const id = await asks(desk, 'lena');
    const old = approvalOf(desk, id);
    await denies(desk, 'cora', id, 'No.');
    expect(await presses(desk, PEOPLE.cem, old)).toBe(
      `⛔ ${id} is already denied.\nNext: Nothing was changed. The message shows how it ended.`,
    );
    expect(members(desk)).toEqual({});
  });
});

describe('Review…', () => {
  it('shows everything, and the decision is made right there, with a comment', async () => {
    const id = await asks(desk, 'lena');
    expect((await opensReview(desk, 'cora', id)).join('\n')).toContain(
      `${at('lena')}: lena (Onezone \`‹lena›\`, same e-mail address, not confirmed yet) is not a member → ` +
        'member with `handle_service_register_handle`, `handle_service_view` for 90 days',
    );
    desk
      .as('cora')
      .closes({ all: true })
      .catch(() => undefined);
    const said = await reviews(desk, 'cora', id, { verdict: 'approve', comment: 'Welcome!' });
    expect(said).toEqual([]);
    expect(members(desk)).toEqual({ lena: USE });
    expect((await onRecord(desk, id)).find((it) => it.what === 'approved')).toEqual({
      who: PEOPLE.cora,
      what: 'approved',
      detail: { comment: 'Welcome!', missing: 0, effect: '‹effect›' },
    });
    expect(JSON.stringify(approvalOf(desk, id).blocks)).toContain('Welcome!');
  });

  it('denies too, but not without a reason', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    const sent = await desk.as('cora').submits({ verdict: 'deny' });
    expect(sent.errors).toEqual({ comment: 'Say why: the requester reads it.' });
    expect(await statusOf(desk, id)).toBe('pending');
    await desk.as('cora').submits({ verdict: 'deny', comment: 'Not yet.' });
    await desk.slack.until(() => !wordsOf(approvalOf(desk, id)).startsWith('⏳'), 'the denial');
    expect(await statusOf(desk, id)).toBe('denied');
  });

  it('says there what a click would be told', async () => {
    const id = await asks(desk, 'lena');
    await opensReview(desk, 'cora', id);
    await approves(desk, 'cem', id);
    await desk.as('cora').submits({ verdict: 'approve' });
    await desk.slack.until(() => desk.as('cora').modal?.callback_id === 'said', 'the answer');
    expect(reads(desk, JSON.stringify(desk.as('cora').modal?.blocks))).toContain(
      `${id} is already done. Nothing was changed. The message shows how it ended.`,
    );
  });
});

describe('an approval of what has changed meanwhile', () => {
  it('is refused, the message is drawn anew, and the second click counts', async () => {
    const id = await asks(desk, 'lena');
    becomes(desk, 'lena', ['handle_service_list_handles']);
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ What ${id} would do has changed since this message was drawn.\n` +
        'Next: Its message shows the new effect. Please read it and decide again.',
    );
    await desk.works();
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `⏳ ${at('lena')} asks to use *DataCite* for 90 days\n\n> Survey data for my thesis\n` +
        `${at('lena')}: lena in Onezone (same e-mail address, not confirmed yet) · a member already, who gets more\n` +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.',
    );
    expect((await opensReview(desk, 'cora', id)).join('\n')).toContain(
      'is a member with `handle_service_list_handles` → member with ' +
        '`handle_service_list_handles`, `handle_service_register_handle`, `handle_service_view` for 90 days',
    );
    expect((await onRecord(desk, id)).at(-1)).toMatchObject({
      who: PEOPLE.cora,
      what: 'refused',
      detail: { code: 'changedMeanwhile' },
    });
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({
      lena: [
        'handle_service_list_handles',
        'handle_service_register_handle',
        'handle_service_view',
      ],
    });
    expect((await onRecord(desk, id)).at(-1)).toEqual({
      who: 'bot',
      what: 'carried out',
      detail: {
        outcomes: [
          {
            slack: PEOPLE.lena,
            onezone: '‹lena›',
            kind: 'done',
            at: '‹0d›',
            has: ['handle_service_list_handles', ...USE],
            added: [...USE],
          },
        ],
      },
    });
  });

  it('is refused from an old message even when the new one was drawn already', async () => {
    const id = await asks(desk, 'lena');
    const old = approvalOf(desk, id);
    becomes(desk, 'lena', ['handle_service_list_handles']);
    await isRefused(desk, 'cora', id);
    await desk.works();
    expect(await presses(desk, PEOPLE.cem, old)).toContain(
      'has changed since this message was drawn',
    );
    expect(members(desk)).toEqual({ lena: ['handle_service_list_handles'] });
  });
});

describe('an approval that comes too late', () => {
  it('after a lapse is refused', async () => {
    const id = await asks(desk, 'lena');
    const old = approvalOf(desk, id);
    await desk.passes(7 * DAY + 1000);
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `⌛ *Lapsed:* ${at('lena')} asked to use *DataCite* for 90 days.\n` +
        'Nobody decided in time (until ‹7d›). Nothing was changed in Onezone.',
    ]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      '⌛ *Lapsed:* you asked to use *DataCite* for 90 days.\n' +
        'Nobody decided in time (until ‹7d›). Nothing was changed.\n' +
        'Next: ask someone with the role curator or admin directly, then ask again with `/handle request`.',
    ]);
    expect(await presses(desk, PEOPLE.cora, old)).toBe(
      `⛔ ${id} is already lapsed.\nNext: Nothing was changed. The message shows how it ended.`,
    );
    expect(members(desk)).toEqual({});
  });

  it('after a withdrawal is refused', async () => {
    const id = await asks(desk, 'lena');
    const old = approvalOf(desk, id);
    await told(desk, 'lena', `/handle withdraw ${id}`);
    await desk.works();
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `↩️ *Withdrawn:* ${at('lena')} asked to use *DataCite* for 90 days.\n` +
        `${at('lena')} withdrew it. Nothing was changed in Onezone.`,
    ]);
    expect(await presses(desk, PEOPLE.cora, old)).toBe(
      `⛔ ${id} is already withdrawn.\nNext: Nothing was changed. The message shows how it ended.`,
    );
    expect(members(desk)).toEqual({});
  });

  it('after it was carried out is refused', async () => {
    const id = await asks(desk, 'lena');
    const old = approvalOf(desk, id);
    await approves(desk, 'cora', id);
    expect(await presses(desk, PEOPLE.cem, old)).toBe(
      `⛔ ${id} is already done.\nNext: Nothing was changed. The message shows how it ended.`,
    );
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  });
});

describe('a click that comes twice', () => {
  it('as a double click has one effect and one announcement', async () => {
    await linked(desk, 'lena');
    const id = await asks(desk, 'lena');
    const message = approvalOf(desk, id);
    const from = mark(desk);
    const cora = desk.as('cora');
    await Promise.all([
      cora.clicks(message, 'request_approve'),
      cora.clicks(message, 'request_approve'),
    ]);
    const answer = await answerAfter(desk, PEOPLE.cora, 0);
    expect([
      `⛔ Someone else just moved ${id}.\nNext: Look at its message once more and decide again if it still waits.`,
      `⛔ ${id} is already approved.\nNext: Nothing was changed. The message shows how it ended.`,
    ]).toContain(answer);
    await desk.works();
    expect(writesSince(desk, from)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› 201']);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect((await life(desk, id)).filter((it) => it.endsWith('approved'))).toHaveLength(1);
  });

  it('as a redelivery is left alone', async () => {
    const id = await asks(desk, 'lena');
    const click = await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.slack.until(() => desk.texts(CHANNELS.team).length > 0, 'the announcement');
    await desk.works();
    const before = await desk.audit();
    const again = await desk.slack.redeliver(click);
    expect(again.status).toBe(200);
    await desk.works();
    expect(await desk.audit()).toEqual(before);
    expect(desk.slack.ephemerals(PEOPLE.cora)).toEqual([]);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  });
});

describe('two clicks in the same tick', () => {
  it('of two approvers: one effect, and the other is told (peers’ case 3)', async () => {
    const id = await asks(desk, 'lena');
    const message = approvalOf(desk, id);
    const from = mark(desk);
    await Promise.all([
      desk.as('cora').clicks(message, 'request_approve'),
      desk.as('cem').clicks(message, 'request_approve'),
    ]);
    await desk.slack.until(
      () =>
        desk.slack.ephemerals(PEOPLE.cora).length + desk.slack.ephemerals(PEOPLE.cem).length > 0,
      'what the second is told',
    );
    await desk.works();
    expect(writesSince(desk, from)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› 201']);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    const moved = await life(desk, id);
    expect(moved.filter((it) => it.endsWith('approved'))).toHaveLength(1);
    expect(moved.filter((it) => it.endsWith('refused'))).toHaveLength(1);
  });

  it('one to approve, one to deny: exactly one outcome, told once (peers’ case 4)', async () => {
    const id = await asks(desk, 'lena');
    const message = approvalOf(desk, id);
    const cem = desk.as('cem');
    await cem.clicks(message, 'request_deny');
    await desk.slack.until(() => cem.modal !== null, 'the form');
    await Promise.all([
      desk.as('cora').clicks(message, 'request_approve'),
      cem.submits({ comment: 'No.' }),
    ]);
    await desk.slack.until(() => cem.modal?.callback_id !== 'working', 'an answer to Cem');
    await desk.slack.until(
      () => desk.told('lena').length > 0 && !wordsOf(approvalOf(desk, id)).startsWith('⏳'),
      'the outcome',
    );
    await desk.works();
    const denied = (await statusOf(desk, id)) === 'denied';
    expect(cem.modal?.callback_id).toBe(denied ? undefined : 'said');
    expect(members(desk)).toEqual(denied ? {} : { lena: USE });
    expect(desk.texts(CHANNELS.team)).toHaveLength(denied ? 0 : 1);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('lena')[0]).toMatch(denied ? /^\S+ \*Denied:\* / : /^✅ You can now use /);
    const decided = (await life(desk, id)).filter((it) => /approved|denied/.test(it));
    expect(decided).toEqual([denied ? 'U0CEM: denied' : 'U0CORA: approved']);
  });
});
