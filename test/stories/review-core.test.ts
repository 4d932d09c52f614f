import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RequestId } from '../../src/requests/request.js';
import { approves, asks, isRefused, linked, statusOf, stored } from './acting.js';
import { opens, sends } from './acts.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk, PEOPLE } from './desk.js';
import { at, conversation, members, onRecord, USE } from './reading.js';
import { DATACITE_EXAMPLE } from './registrar.js';

const MINUTE = 60_000;

const Ended = z.object({
  outcomes: z.array(z.object({ kind: z.string(), slack: z.string(), left: z.string().optional() })),
});

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

describe('two grants that share two people', () => {
  /** Whose part of a request is over, and what is left of it. */
  const endsOnRecord = async (id: RequestId) => {
    const ends = (await onRecord(desk, id)).filter((it) => it.what === 'ended');
    return ends
      .flatMap(({ detail }) => Ended.parse(detail).outcomes)
      .filter(({ kind }) => kind === 'ended')
      .map(({ slack, left }) => ({ slack, left }))
      .sort((one, other) => one.slack.localeCompare(other.slack));
  };

  it('end one after the other, and the longer one takes over once for each', async () => {
    await linked(desk, 'lena', 'tom');
    const short = await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '90d' });
    const long = await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '365d' });
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({ lena: USE, tom: USE });
    expect(await endsOnRecord(short)).toEqual([
      { slack: PEOPLE.lena, left: 'access by another request' },
      { slack: PEOPLE.tom, left: 'access by another request' },
    ]);
    expect(await endsOnRecord(long)).toEqual([]);
    await desk.passes(275 * DAY);
    expect(members(desk)).toEqual({});
    expect(await endsOnRecord(long)).toEqual([
      { slack: PEOPLE.lena, left: 'nothing' },
      { slack: PEOPLE.tom, left: 'nothing' },
    ]);
  });
});

describe('who somebody is, asked again at the click', () => {
  it('is shown anew when a link was made by hand meanwhile, and only that one gets access', async () => {
    const id = await asks(desk, 'lena');
    const other = desk.zone.addUser({ username: 'lena.too', fullName: 'Lena Too' });
    await desk.bot.services.people.link({
      slack: PEOPLE.lena,
      onezone: other.userId,
      by: PEOPLE.ada,
      how: 'by hand',
    });
    expect(await isRefused(desk, 'cora', id)).toContain('has changed since this message was drawn');
    await desk.works();
    await approves(desk, 'cora', id);
    expect(Object.keys(desk.zone.state.handleServices[desk.datacite]?.users ?? {})).toEqual([
      other.userId,
    ]);
  });

  it('is nobody any more once the account was deactivated', async () => {
    await linked(desk, 'lena', 'tom');
    const id = await asks(desk, 'tom', { people: ['lena'] });
    desk.slack.changeUser(PEOPLE.lena, { deleted: true });
    await desk.passes(6 * MINUTE);
    expect(await isRefused(desk, 'cora', id)).toContain('deactivated account');
    expect(members(desk)).toEqual({});
  });
});

describe('a Onezone that breaks at every registration', () => {
  const registers = async (): Promise<string> => {
    await opens(desk, 'ada', '/handle register');
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    await desk.works();
    const [request] = await desk.bot.services.store.requests.find({ requester: PEOPLE.ada });
    return request?.id ?? '';
  };
  const posts = () =>
    desk.zone.log.filter((it) => it.method === 'POST' && it.path.endsWith('/handle_services'));

  it('is asked three times in all, and then a person has to look', async () => {
    desk.zone.faults.add({ kind: 'crash', method: 'POST', path: '*/handle_services', times: 1000 });
    const id = await registers();
    for (let minute = 0; minute < 10; minute += 1) await desk.passes(MINUTE);
    expect(posts()).toHaveLength(3);
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(conversation(desk, desk.told('ada')).at(-1)).toContain('never said what became of it');
  });

  it('is not called failed when the service is there but cannot be read', async () => {
    desk.zone.faults.add({
      kind: 'status',
      status: 403,
      errorId: 'forbidden',
      method: 'GET',
      path: /handle_services\/[0-9a-f]{32}/,
      times: 1000,
    });
    const id = await registers();
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(posts()).toHaveLength(1);
  });
});

describe('a Onezone that says no', () => {
  const no = { kind: 'status', status: 403, errorId: 'forbidden', times: 1000 } as const;

  it('to the preview is told to the operators, and the request is kept', async () => {
    await linked(desk, 'lena');
    desk.zone.faults.add({ ...no, method: 'GET', path: /privileges$/ });
    await asks(desk, 'lena');
    expect(desk.texts(CHANNELS.ops).join()).toContain('lacks a privilege for this');
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
  });

  it('at the end is told to the operators, and tried until it is done', async () => {
    await linked(desk, 'lena');
    await asks(desk, 'cora', { people: ['lena'] });
    desk.zone.faults.add({ ...no, method: 'DELETE' });
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.ops).join()).toContain('lacks a privilege for this');
    desk.zone.faults.clear();
    await desk.passes(HOUR);
    expect(members(desk)).toEqual({});
  });

  it('to one person leaves its reason in the log, under the support id that the person reads', async () => {
    await linked(desk, 'lena');
    desk.zone.faults.add({ ...no, method: 'PUT' });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    const { trouble } = await stored(desk, id);
    const line = desk
      .log()
      .split('\n')
      .find((it) => it.includes(trouble?.supportId ?? 'none'));
    expect(line).toContain('forbidden');
  });
});

describe('one person whom Onezone cannot handle', () => {
  it('does not hold up the others, and is unclear in the end', async () => {
    const names = ['lena', 'tom', 'ada', 'cem'] as const;
    await linked(desk, ...names);
    desk.zone.faults.add({
      kind: 'crash',
      method: 'PUT',
      path: `*/users/${desk.onezoneIds.tom}`,
      times: 1000,
    });
    const id = await asks(desk, 'cora', { people: names });
    expect(Object.keys(members(desk)).sort()).toEqual(['ada', 'cem', 'lena']);
    for (let round = 0; round < 8; round += 1) await desk.passes(10 * MINUTE);
    expect(await statusOf(desk, id)).toBe('carrying out');
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
      `${at('lena')}, ${at('ada')} and ${at('cem')} can use *DataCite* until ‹90d›\n` +
        'In Onezone: lena of Onezone (lena), ada of Onezone (ada), cem of Onezone (cem).',
    ]);
    for (let day = 0; day < 8; day += 1) await desk.passes(DAY);
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(conversation(desk, desk.told('cora'))[0]).toContain(
      'Onezone has not answered for a week.\nNext: Ask again when it is back; an operator has been told.',
    );
    // Who never heard that it began hears of no end.
    expect(desk.told('tom')).toEqual([]);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    await desk.passes(91 * DAY);
    await desk.passes(HOUR);
    expect(members(desk)).toEqual({});
  });

  it('does not keep the others from being known', async () => {
    desk.zone.faults.add({
      kind: 'crash',
      method: 'GET',
      path: `*/users/${desk.onezoneIds.tom}`,
      times: 1000,
    });
    const newcomer = desk.zone.addUser({ username: 'nora', emails: ['nora@example.org'] });
    desk.slack.addUser({ id: 'U0NORA', name: 'nora', email: 'nora@example.org' });
    await desk.passes(11 * MINUTE);
    expect(await desk.bot.services.people.identify('U0NORA')).toMatchObject({
      kind: 'known',
      identity: { onezone: newcomer.userId },
    });
  });
});

describe('a grant whose time is over before Onezone answers', () => {
  it('gives nothing any more, and says what is known', async () => {
    await linked(desk, 'lena');
    desk.zone.faults.add({ kind: 'reset-before', method: 'PUT', times: 1000 });
    const id = await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    expect(await statusOf(desk, id)).toBe('carrying out');
    await desk.passes(9 * HOUR);
    desk.zone.faults.clear();
    await desk.passes(HOUR);
    expect(members(desk)).toEqual({});
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(conversation(desk, desk.told('cora')).at(-1)).toContain(
      'Its time was up before Onezone had confirmed it.\nNext: Ask again if it is still needed.',
    );
    expect(desk.told('lena')).toEqual([]);
  });
});
