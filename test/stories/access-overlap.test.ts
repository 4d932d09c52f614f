import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approves,
  asks,
  becomes,
  changes,
  linked,
  onlyAsks,
  statusOf,
  unlinked,
} from './acting.js';
import { answered } from './acts.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk, PEOPLE } from './desk.js';
import { at, conversation, MAINTAIN, members, reads, USE } from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ lasting: true });
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
const tomHangs = (): void => {
  const path = new RegExp(`users/${desk.onezoneIds.tom}`);
  desk.zone.faults.add({ kind: 'reset-before', method: 'PUT', path });
};

describe('a grant that ends while a newer one is being carried out', () => {
  it('leaves what the newer one gives, though the newer one still waits for somebody else', async () => {
    await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    await desk.passes(7 * HOUR);
    tomHangs();
    const newer = await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '365d' });
    expect(await statusOf(desk, newer)).toBe('carrying out');
    await desk.passes(2 * HOUR);
    expect(members(desk)).toEqual({ lena: USE });
    desk.zone.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(await statusOf(desk, newer)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE, tom: USE });
    await desk.passes(366 * DAY);
    expect(members(desk)).toEqual({});
  });

  it('leaves nothing behind when the bot is killed in between', async () => {
    await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    await desk.passes(7 * HOUR);
    tomHangs();
    await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '90d' });
    desk.dies();
    desk.zone.faults.clear();
    await desk.comesBack();
    await desk.passes(2 * HOUR);
    expect(members(desk)).toEqual({ lena: USE, tom: USE });
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({});
  });
});

describe('one of several people whose calls fail', () => {
  it('holds up nobody’s message: who has access hears of it, and so do the team and the requester', async () => {
    tomHangs();
    const id = await asks(desk, 'cora', { people: ['lena', 'tom'] });
    await desk.passes(MINUTE);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('tom')).toEqual([]);
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
      `${at('lena')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena).`,
    ]);
    expect(desk.told('cora').join('\n')).toContain('1 of 2 done');
    desk.zone.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(await statusOf(desk, id)).toBe('done');
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
      `${at('lena')} and ${at('tom')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena), tom of Onezone (tom).`,
    ]);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('tom')).toHaveLength(1);
  });
});

describe('what somebody changes in Onezone by hand', () => {
  it('is not given again by itself, is shown, and is told to the operators once it is seen', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena', { duration: '365d' }));
    becomes(desk, 'lena', ['handle_service_view']);
    await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    await desk.passes(9 * HOUR);
    expect(members(desk)).toEqual({ lena: ['handle_service_view'] });
    const mine = await answered(desk, 'lena', '/handle mine');
    expect(reads(desk, wordsOf(mine))).toBe(
      '*Your access*\n' +
        'Use · *DataCite* · ends ‹365d› (partly taken away in Onezone by hand; `/handle restore` or a new request gives it again)',
    );
    expect(reads(desk, desk.texts(CHANNELS.ops).join('\n'))).toContain(
      'Somebody changed an access of the desk in Onezone: on “DataCite” the user ‹lena›',
    );
  });

  it('comes back by restore, with the agreement that a grant needs', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena', { duration: '365d' }));
    becomes(desk, 'lena', null);
    await asks(desk, 'cora', { people: ['tom'] });
    await changes(desk, 'cora', '/handle done').catch(() => undefined);
    await desk.passes(363 * DAY);
    expect(members(desk)).toEqual({});
    const id = await changes(desk, 'cora', '/handle restore @lena DataCite', {
      reason: 'A mistake',
    });
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
    await desk.passes(3 * DAY);
    expect(members(desk)).toEqual({});
  });

  it('comes back once for two people who were the same Onezone user', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    const { people } = desk.bot.services;
    for (const name of ['lena', 'tom'] as const) await unlinked(desk, name);
    const onezone = desk.onezoneIds.lena;
    await people.link({ slack: PEOPLE.tom, onezone, by: PEOPLE.ada, how: 'by hand' });
    await asks(desk, 'cora', { people: ['tom'], duration: '365d' });
    becomes(desk, 'lena', null);
    const id = await changes(desk, 'cora', '/handle restore @lena @tom DataCite', {
      reason: 'A mistake',
    });
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('that was added stays, and a claim that was relinked stays with its Onezone user', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena', { level: 'maintain' }));
    const other = desk.zone.addUser({ username: 'lena.too', fullName: 'Lena Too' });
    await desk.bot.services.people.link({
      slack: PEOPLE.lena,
      onezone: other.userId,
      by: PEOPLE.ada,
      how: 'by hand',
    });
    expect([...(members(desk)['lena'] ?? [])].sort()).toEqual([...MAINTAIN].sort());
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({});
    expect(await onlyAsks(desk, 'lena')).toMatch(/^R-/);
  });
});
