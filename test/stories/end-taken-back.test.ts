import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approves,
  asks,
  becomes,
  deletesService,
  linked,
  meanwhile,
  opensReview,
  serviceOf,
  stored,
} from './acting.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE } from './desk.js';
import {
  at,
  callsSince,
  conversation,
  life,
  MAINTAIN,
  mark,
  members,
  onRecord,
  onScreen,
  reads,
  USE,
  writesSince,
} from './reading.js';
import { screen } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
/** Just after the end of 90 days: a day later would be said to be late. */
const AFTER_90_DAYS = 90 * DAY + MINUTE;
const endedWords = (left: string): string => `🏁 Your access to *DataCite* has ended. ${left}`;

async function granted(wish: Parameters<typeof asks>[2] = {}): Promise<string> {
  const id = await asks(desk, 'lena', wish);
  await approves(desk, 'cora', id);
  return id;
}

const left = async (id: string): Promise<unknown> =>
  (await onRecord(desk, id)).findLast((it) => it.what === 'ended')?.detail;

/** What the desk did to memberships, as it is on record. */
const accessChanges = async (): Promise<readonly unknown[]> =>
  (await desk.audit())
    .filter((it) => it.what === 'access changed')
    .map((it): unknown => JSON.parse(reads(desk, JSON.stringify(it.detail))));

describe('the end of a grant', () => {
  it('takes the membership away that the grant made, and not a moment earlier', async () => {
    const id = await granted();
    await desk.passes(89 * DAY);
    expect(members(desk)).toEqual({ lena: USE });
    const from = mark(desk);
    await desk.passes(DAY + MINUTE);
    expect(members(desk)).toEqual({});
    expect(callsSince(desk, from).filter((it) => it.includes('‹lena›'))).toEqual([
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
      'DELETE /handle_services/‹DataCite›/users/‹lena› 204',
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 404',
      'GET /handle_services/‹DataCite›/effective_users/‹lena›/privileges 404',
    ]);
    expect((await onRecord(desk, id)).at(-1)).toEqual({
      who: 'bot',
      what: 'ended',
      detail: {
        outcomes: [
          {
            slack: PEOPLE.lena,
            onezone: '‹lena›',
            kind: 'ended',
            at: '‹90d›',
            due: '‹90d›',
            by: null,
            left: 'nothing',
          },
        ],
      },
    });
    expect(await accessChanges()).toEqual([
      { onezone: '‹lena›', from: null, to: USE },
      { onezone: '‹lena›', from: USE, to: null },
    ]);
  });

  it('is told to whoever had access, and shown in the approvers’ message', async () => {
    const id = await granted();
    await desk.passes(AFTER_90_DAYS);
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([
      endedWords('Nothing of it is left.'),
    ]);
    expect(screen(desk.slack.directMessages(PEOPLE.lena).at(-1) ?? null).slice(1)).toEqual([
      '(Request access again)',
    ]);
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `🏁 The access of ${at('lena')} to *DataCite* has ended\n` +
        'Whoever was a member may have read the registrar password; changing it is the way to be sure.',
    ]);
    await opensReview(desk, 'cora', id);
    expect(onScreen(desk, 'cora')).toBe(
      `🏁 *Ended:* ${at('lena')} asked to use *DataCite* until ‹90d›.\n` +
        `Approved by ${at('cora')} (‹0d›).\n` +
        `${at('lena')}: ended ‹90d›; nothing of it is left\n` +
        'Whoever was a member may have read the registrar password; changing it is the way to be sure.\n' +
        `Reason (in the words of ${at('lena')})\n> Survey data for my thesis\n` +
        `Request ${id}, rule actions.grant.approve\n` +
        '*What happened before*\n• Nothing with these people and this service.',
    );
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
  });

  it('is told to whoever asked for somebody else, too', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    await desk.passes(AFTER_90_DAYS);
    expect(conversation(desk, desk.told('cora')).at(-1)).toBe(
      `🏁 The access of ${at('lena')} to *DataCite* has ended. Nothing of it is left.`,
    );
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(endedWords('Nothing of it is left.'));
  });

  it('leaves what was there before', async () => {
    becomes(desk, 'lena', ['handle_service_list_handles', 'handle_service_view']);
    const id = await granted();
    const from = mark(desk);
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({
      lena: ['handle_service_list_handles', 'handle_service_view'],
    });
    expect(writesSince(desk, from)).toEqual([
      'PATCH /handle_services/‹DataCite›/users/‹lena›/privileges 204',
    ]);
    expect(desk.zone.log.findLast((it) => it.method === 'PATCH')?.body).toEqual({
      grant: [],
      revoke: ['handle_service_register_handle'],
    });
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'what was there before' }] });
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      endedWords(
        'What was there before is still there: `handle_service_list_handles`, `handle_service_view`.',
      ),
    );
  });

  it('leaves a membership to which others have added since', async () => {
    const id = await granted();
    becomes(desk, 'lena', ['handle_service_delete', ...USE]);
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({ lena: ['handle_service_delete'] });
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'what others gave' }] });
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      endedWords('Somebody else gave more meanwhile; that is still there.'),
    );
  });

  it('leaves what others gave while the grant was on its way', async () => {
    meanwhile(desk, { method: 'GET', path: /privileges$/ }, () => {
      becomes(desk, 'lena', ['handle_service_list_handles', 'handle_service_view']);
    });
    await asks(desk, 'cora', { people: ['lena'] });
    expect(members(desk)['lena']).toContain('handle_service_register_handle');
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({
      lena: ['handle_service_list_handles', 'handle_service_view'],
    });
  });

  it('says so where a group still lets them in', async () => {
    const id = await granted();
    const { groupId } = desk.zone.addGroup({ name: 'Curators', users: [desk.onezoneIds.lena] });
    serviceOf(desk).groups[groupId] = ['handle_service_view'];
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({});
    // Right after a removal Onezone may still count it, so it is asked once more.
    expect(await left(id)).toBeUndefined();
    await desk.passes(MINUTE);
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'access through a group' }] });
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      endedWords(
        'There is still access through a group in Onezone. This desk did not give it and cannot take it away; a zone administrator can.',
      ),
    );
  });

  it('has nothing to do where others took it away already', async () => {
    const id = await granted();
    becomes(desk, 'lena', null);
    const from = mark(desk);
    await desk.passes(AFTER_90_DAYS);
    expect(writesSince(desk, from)).toEqual([]);
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'nothing' }] });
  });

  it('has nothing to do where the service is gone', async () => {
    const id = await granted();
    deletesService(desk);
    await desk.passes(AFTER_90_DAYS);
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'nothing' }] });
  });

  it('comes for what was unclear as well', async () => {
    meanwhile(desk, { method: 'PUT', path: /users/ }, () => {
      becomes(desk, 'lena', ['handle_service_view']);
    });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect((await stored(desk, id)).status).toBe('unclear');
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({});
  });

  it('never comes for a permanent grant', async () => {
    const id = await granted({ duration: 'permanent' });
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
      `${at('lena')} can use *DataCite* with no end · ${at('cora')} approved\nIn Onezone: lena of Onezone (lena).`,
    ]);
    await desk.passes(4000 * DAY);
    expect(members(desk)).toEqual({ lena: USE });
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'U0CORA: approved',
      'bot: started',
      'bot: carried out',
    ]);
  });
});

describe('two grants of one person that overlap', () => {
  it('end one after the other: the first leaves what the second still gives', async () => {
    const maintain = await granted({ level: 'maintain', duration: '90d' });
    await desk.passes(10 * DAY);
    const use = await granted({ level: 'use', duration: '365d' });
    await desk.passes(80 * DAY + MINUTE);
    expect(members(desk)).toEqual({ lena: USE });
    expect(await left(maintain)).toMatchObject({
      outcomes: [{ left: 'access by another request' }],
    });
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      `🏁 Your access to *DataCite* by ${maintain} has ended. Another request still gives this access.`,
    );
    expect((await accessChanges()).at(-1)).toEqual({ onezone: '‹lena›', from: MAINTAIN, to: USE });
    expect((await onRecord(desk, use)).at(-1)).toMatchObject({
      what: 'carried out',
      detail: { outcomes: [{ slack: PEOPLE.lena, kind: 'done', has: MAINTAIN, added: USE }] },
    });
    await desk.passes(300 * DAY);
    expect(members(desk)).toEqual({});
    expect(await left(use)).toMatchObject({ outcomes: [{ left: 'nothing' }] });
  });

  it('end in the other order too', async () => {
    const use = await granted({ level: 'use', duration: '365d' });
    const maintain = await granted({ level: 'maintain', duration: '90d' });
    expect(members(desk)['lena']).toHaveLength(MAINTAIN.length);
    await desk.passes(AFTER_90_DAYS);
    expect(members(desk)).toEqual({ lena: USE });
    await desk.passes(300 * DAY);
    expect(members(desk)).toEqual({});
    expect(await left(maintain)).toMatchObject({
      outcomes: [{ left: 'access by another request' }],
    });
    expect(await left(use)).toMatchObject({ outcomes: [{ left: 'nothing' }] });
  });

  it('do not take what a third still gives', async () => {
    await granted({ level: 'maintain', duration: '8h' });
    await granted({ level: 'maintain', duration: '365d' });
    await granted({ level: 'use', duration: '90d' });
    await desk.passes(DAY);
    expect([...(members(desk)['lena'] ?? [])].sort()).toEqual([...MAINTAIN].sort());
    await desk.passes(90 * DAY);
    expect([...(members(desk)['lena'] ?? [])].sort()).toEqual([...MAINTAIN].sort());
    await desk.passes(300 * DAY);
    expect(members(desk)).toEqual({});
  });
});

describe('an end that comes while Onezone is down', () => {
  it('waits, tells the operators once, and is done when Onezone is back', async () => {
    const id = await granted();
    desk.zone.faults.add({ kind: 'reset-before' });
    await desk.passes(AFTER_90_DAYS);
    await desk.passes(MINUTE);
    expect(members(desk)).toEqual({ lena: USE });
    expect(conversation(desk, desk.texts(CHANNELS.ops))).toEqual([
      `✅ *Done:* ${at('lena')} asked to use *DataCite* until ‹90d›.\nOnezone does not answer.\n` +
        'Next: Nothing has to be done: it goes on as soon as Onezone answers.\n' +
        'Support id: `‹support id›`\n' +
        `Look for \`‹support id›\` in the log and with \`npx handle-desk audit export\`.\nRequest ${id}`,
    ]);
    expect(desk.told('lena')).toHaveLength(1);
    desk.zone.faults.clear();
    await desk.passes(MINUTE);
    expect(members(desk)).toEqual({});
    expect(desk.told('lena')).toHaveLength(2);
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
  });

  it('is done once though the answer is lost', async () => {
    const id = await granted();
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'DELETE', times: 1 });
    await desk.passes(AFTER_90_DAYS);
    await desk.passes(MINUTE);
    expect(await left(id)).toMatchObject({ outcomes: [{ left: 'nothing' }] });
    expect((await life(desk, id)).filter((it) => it === 'bot: ended')).toHaveLength(1);
  });
});
