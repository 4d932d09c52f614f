import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approvalOf,
  approves,
  asks,
  becomes,
  changes,
  linked,
  opensReview,
  statusOf,
} from './acting.js';
import { onTop, opens, sends, typed } from './acts.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk, PEOPLE } from './desk.js';
import {
  at,
  conversation,
  life,
  mark,
  members,
  onScreen,
  reads,
  USE,
  writesSince,
} from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

async function granted(duration = '90d'): Promise<string> {
  const id = await asks(desk, 'lena', { duration });
  await approves(desk, 'cora', id);
  return id;
}

const longer = { duration: '365d', reason: 'Two more chapters' };

describe('extend', () => {
  it('moves the end by the agreement that the policy asks for, without a moment without access', async () => {
    const grant = await granted();
    await desk.passes(80 * DAY);
    const from = mark(desk);
    const id = await changes(desk, 'lena', '/handle extend DataCite', longer);
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `⏳ ${at('lena')} asks to go on to use *DataCite* for 365 days\n\n> Two more chapters\n` +
        `${at('lena')}: lena in Onezone (linked) · has Use until ‹90d› → the same for 365 days\n` +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.',
    );
    await opensReview(desk, 'cora', id);
    expect(onScreen(desk, 'cora')).toBe(
      `⏳ *Waiting for agreement:* ${at('lena')} asks to go on to use *DataCite* for 365 days.\n` +
        '*What approving would do*\n' +
        `• ${at('lena')}: lena (Onezone \`‹lena›\`, linked) has Use until ‹90d› → the same for 365 days\n` +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.\n' +
        `Reason (in the words of ${at('lena')})\n> Two more chapters\n` +
        'Needs 1 agreement from curator or admin. Nobody has agreed yet. Lapses ‹87d› if nobody decides.\n' +
        `Request ${id}, rule actions.extend.approve\n` +
        '*What happened before*\n' +
        `• ✅ *Done:* ${at('lena')} asked to use *DataCite* until ‹90d›, ‹0d›. ${grant}\n` +
        '[Your decision]\n[Comment]',
    );
    await desk.as('cora').closes({ all: true });
    await approves(desk, 'cora', id);
    expect(writesSince(desk, from)).toEqual([]);
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      `✅ Extended: you can go on to use *DataCite* until ‹445d› · ${at('cora')} approved\nIn Onezone: lena of Onezone (lena).`,
    );
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'U0CORA: approved',
      'bot: started',
      'bot: carried out',
    ]);
    expect(await life(desk, grant)).toContain('bot: extended');
    expect(reads(desk, wordsOf(approvalOf(desk, grant)))).toBe(
      `✅ ${at('lena')} can use *DataCite* until ‹445d› · ${at('cora')} approved\nIn Onezone: lena of Onezone (lena).`,
    );
    await desk.passes(30 * DAY);
    expect(members(desk)).toEqual({ lena: USE });
    await desk.passes(340 * DAY);
    expect(members(desk)).toEqual({});
  });

  it('cannot be agreed to by the person whose access it is, whoever asked', async () => {
    await linked(desk, 'cora');
    await asks(desk, 'ada', { people: ['cora'], duration: '90d' });
    const button = desk.told('cora');
    expect(button).toHaveLength(1);
    await desk.passes(88 * DAY);
    const warning = desk.slack.directMessages(PEOPLE.cora).at(-1);
    if (warning === undefined) throw new Error('Cora was not warned.');
    await desk.as('cora').clicks(warning, 'open_extend');
    await desk.slack.until(() => desk.as('cora').modal !== null, 'the form');
    expect(typed(onTop(desk, 'cora'))['access']).toMatch(/^R-.{8}:U0CORA$/);
  });

  it('that nobody agrees to changes nothing', async () => {
    await granted();
    await desk.passes(88 * DAY);
    const id = await changes(desk, 'lena', '/handle extend', longer);
    await desk.passes(3 * DAY);
    expect(members(desk)).toEqual({});
    expect(await statusOf(desk, id)).toBe('pending');
    await desk.passes(8 * DAY);
    expect(await statusOf(desk, id)).toBe('lapsed');
  });

  it('is refused where it would not be longer, and where there is nothing to extend', async () => {
    await granted('365d');
    await opens(desk, 'lena', '/handle extend');
    const sent = await desk.as('lena').submits({ duration: '90d', reason: 'x' });
    expect(sent.errors).toEqual({
      duration: 'That is not later than the end it has already. Choose a later day.',
    });
    const answer = await answeredTo('tom', '/handle extend');
    expect(answer).toContain('There is no access with an end that could be extended');
  });

  it('says so where somebody took it away in Onezone, and does not give it again', async () => {
    await granted();
    becomes(desk, 'lena', null);
    const id = await changes(desk, 'lena', '/handle extend', longer);
    await approves(desk, 'cora', id);
    expect(await statusOf(desk, id)).toBe('failed');
    expect(members(desk)).toEqual({});
    expect(desk.told('lena').join()).toContain(
      'By then somebody had taken away a part of it in Onezone. Seen instead: not a member.',
    );
    expect(await answeredTo('lena', '/handle extend')).toContain('was taken away in Onezone');
  });

  it('that is agreed to after the end is refused to the approver, in words', async () => {
    await granted('8h');
    const id = await changes(desk, 'lena', '/handle extend', longer);
    await desk.passes(9 * HOUR);
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.slack.until(() => desk.slack.ephemerals(PEOPLE.cora).length > 0, 'an answer');
    expect(desk.slack.ephemerals(PEOPLE.cora).at(-1)?.text).toContain('could be extended');
    expect(members(desk)).toEqual({});
  });

  it('shows its choices in words', async () => {
    await granted();
    const view = await opens(desk, 'lena', '/handle extend');
    expect(screen(view).join(' ')).toContain('[Which access]');
    await sends(desk, 'lena', { ...longer, reason: '' }).catch(() => undefined);
  });

  async function answeredTo(who: 'lena' | 'tom', command: string): Promise<string> {
    const before = desk.slack.ephemerals(PEOPLE[who]).length;
    await desk.as(who).types(command, { channel: CHANNELS.team });
    await desk.slack.until(() => desk.slack.ephemerals(PEOPLE[who]).length > before, 'an answer');
    return desk.slack.ephemerals(PEOPLE[who]).at(-1)?.text ?? '';
  }
});
