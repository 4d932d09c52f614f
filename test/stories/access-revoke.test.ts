import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approves,
  asks,
  becomes,
  changes,
  linked,
  meanwhile,
  serviceOf,
  statusOf,
} from './acting.js';
import { opens, refusalsOnRecord, sends } from './acts.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE } from './desk.js';
import { at, conversation, life, mark, members, onRecord, USE, writesSince } from './reading.js';
import { screen } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

const why = { reason: 'The project is over' };

describe('revoke', () => {
  it('takes away what the desk gave, tells the person kindly and why, and keeps what others gave', async () => {
    becomes(desk, 'lena', ['handle_service_list_handles']);
    const grant = await asks(desk, 'lena');
    await approves(desk, 'cora', grant);
    const from = mark(desk);
    const id = await changes(desk, 'cora', '/handle revoke @lena DataCite', why);
    expect(members(desk)).toEqual({ lena: ['handle_service_list_handles'] });
    expect(writesSince(desk, from)).toEqual([
      'PATCH /handle_services/‹DataCite›/users/‹lena›/privileges 204',
    ]);
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([
      `Your access to *DataCite* has been ended by ${at('cora')}.\n` +
        'What was there before is still there: `handle_service_list_handles`.\n' +
        `Why (in the words of ${at('cora')})\n> The project is over\n` +
        `Identifiers that you registered stay as they are. If this is a mistake, talk to ${at('cora')}, or ask again.`,
    ]);
    expect(await life(desk, id)).toEqual(['U0CORA: asked', 'bot: started', 'bot: carried out']);
    expect(await life(desk, grant)).toContain('bot: ended');
  });

  it('says to whoever asked what is left, and that the password was readable', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    const { groupId } = desk.zone.addGroup({ name: 'Curators', users: [desk.onezoneIds.lena] });
    serviceOf(desk).groups[groupId] = ['handle_service_view'];
    await changes(desk, 'cora', '/handle revoke @lena DataCite', why);
    await desk.passes(60_000);
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('cora')).at(-1)).toBe(
      `✅ Revoked: ${at('lena')} no longer has access to *DataCite* through this desk\n` +
        'In Onezone: lena of Onezone (lena).\n' +
        `${at('lena')}: taken away; there is still access through a group in Onezone, which this desk did not give and cannot take away\n` +
        'Whoever was a member may have read the registrar password; changing it is the way to be sure.',
    );
  });

  it('is for several people at once, and for all their grants', async () => {
    await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '90d' });
    await asks(desk, 'cora', { people: ['lena'], level: 'maintain', duration: '365d' });
    const id = await changes(desk, 'ada', '/handle revoke @lena @tom DataCite', why);
    expect(members(desk)).toEqual({});
    expect(await statusOf(desk, id)).toBe('done');
    await desk.passes(400 * DAY);
    expect(members(desk)).toEqual({});
  });

  it('is refused for whoever has nothing through the desk, in the form', async () => {
    becomes(desk, 'tom', USE);
    await opens(desk, 'cora', '/handle revoke @tom DataCite');
    const view = await sends(desk, 'cora', why);
    expect(screen(view)).toContain(
      `⚠️ ${at('tom')} has no access to “DataCite” through this desk. ` +
        'What others gave only a zone administrator can take away; `/handle show` names those whom the desk let in.',
    );
    expect(members(desk)).toEqual({ tom: USE });
  });

  it('is refused to those without the role, and that is on record', async () => {
    await desk.as('tom').types('/handle revoke @lena DataCite', { channel: CHANNELS.team });
    await desk.slack.until(() => desk.slack.ephemerals(PEOPLE.tom).length > 0, 'an answer');
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0TOM revoke: notInRole: You may not revoke: the policy lets only curator or admin do that. (actions.revoke.may)',
    ]);
  });

  it('waits while Onezone is down, and is told once', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    desk.zone.faults.add({ kind: 'reset-before' });
    const id = await changes(desk, 'cora', '/handle revoke @lena DataCite', why);
    expect(await statusOf(desk, id)).toBe('carrying out');
    expect(members(desk)).toEqual({ lena: USE });
    desk.zone.faults.clear();
    await desk.passes(2 * 60_000);
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({});
    expect(desk.told('lena')).toHaveLength(2);
  });

  it('settles a call whose answer was lost', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'DELETE', times: 1 });
    const id = await changes(desk, 'cora', '/handle revoke @lena DataCite', why);
    await desk.passes(60_000);
    expect((await onRecord(desk, id)).at(-1)).toMatchObject({
      what: 'carried out',
      detail: { outcomes: [{ slack: PEOPLE.lena, kind: 'done', left: 'nothing' }] },
    });
  });

  it('leaves alone somebody who got access anew while it was on its way', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    meanwhile(desk, { method: 'DELETE', path: /users/ }, () => {
      becomes(desk, 'lena', ['handle_service_delete']);
    });
    await changes(desk, 'cora', '/handle revoke @lena DataCite', why);
    expect(members(desk)).toEqual({ lena: ['handle_service_delete'] });
    expect(conversation(desk, desk.told('lena')).at(-1)).toContain(
      'Somebody else gave more meanwhile',
    );
  });
});
