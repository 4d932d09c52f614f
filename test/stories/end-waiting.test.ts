import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../src/operations/ask.js';
import { opens } from './acts.js';
import { approvalOf, approves, asks, isRefused, statusOf } from './acting.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk, PEOPLE, POLICY } from './desk.js';
import { at, conversation, life, members, reads, USE } from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
afterEach(() => desk.stop());

const WAITING = `${POLICY}
requests:
  lapse_after: 7d
  remind_after: 24h
  escalate: { after: 48h, to: [admin] }
`.replaceAll('by: [curator, admin], count: 1', 'by: [curator], count: 1');

describe('a request that nobody decides', () => {
  it('is brought to mind once, beside its message', async () => {
    desk = await openDesk({ policy: WAITING });
    const id = await asks(desk, 'lena');
    await desk.passes(23 * HOUR);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
    await desk.passes(2 * HOUR);
    await desk.passes(2 * HOUR);
    expect(conversation(desk, desk.texts(CHANNELS.desk)).slice(1)).toEqual([
      `⏳ *Still waiting since ‹0d›:* ${at('lena')} asks to use *DataCite* for 90 days.\n` +
        'Needs 1 agreement from curator. Nobody has agreed yet. Lapses ‹7d› if nobody decides.\n' +
        'Decide on its own message, or with Review… here.',
    ]);
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed', 'bot: reminded']);
  });

  it('is not brought to mind when it was decided', async () => {
    desk = await openDesk({ policy: WAITING });
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await desk.passes(3 * DAY);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
    expect(desk.told('ada')).toEqual([]);
  });

  it('does not go to whoever linked one of its people, and could not decide', async () => {
    desk = await openDesk({ policy: WAITING });
    const link = { slack: PEOPLE.lena, onezone: desk.onezoneIds.lena, by: PEOPLE.ada } as const;
    await desk.bot.services.people.link({ ...link, how: 'by hand' });
    await asks(desk, 'lena');
    await desk.passes(49 * HOUR);
    expect(desk.told('ada')).toEqual([]);
  });

  it('goes to further roles after a while, who may decide from then on', async () => {
    desk = await openDesk({ policy: WAITING });
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'ada', id)).toContain(
      'You cannot decide this: the policy wants agreement from curator.',
    );
    await desk.works();
    await desk.passes(49 * HOUR);
    expect(desk.told('ada')).toHaveLength(1);
    expect(reads(desk, wordsOf(approvalOf(desk, id, PEOPLE.ada)))).toBe(
      reads(desk, wordsOf(approvalOf(desk, id))),
    );
    expect((await desk.audit()).find((it) => it.what === 'escalated')).toMatchObject({
      who: 'bot',
      request: id,
      detail: { to: [PEOPLE.ada] },
    });
    await approves(desk, 'ada', id, PEOPLE.ada);
    expect(members(desk)).toEqual({ lena: USE });
    const done = `✅ ${at('lena')} can use *DataCite* until ‹2209h› · ${at('ada')} approved\nIn Onezone: lena of Onezone (lena).`;
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(done);
    expect(reads(desk, wordsOf(approvalOf(desk, id, PEOPLE.ada)))).toBe(done);
  });

  it('does not go to whoever asked for it', async () => {
    desk = await openDesk({ policy: WAITING.replace('unless: [curator, admin]', 'unless: []') });
    await asks(desk, 'ada', { people: ['lena'] });
    await desk.passes(49 * HOUR);
    expect(desk.told('ada')).toEqual([]);
  });

  it('lapses, reminded and passed on before', async () => {
    desk = await openDesk({ policy: WAITING });
    const id = await asks(desk, 'lena');
    await desk.passes(DAY + HOUR);
    await desk.passes(DAY);
    await desk.passes(6 * DAY);
    expect(await statusOf(desk, id)).toBe('lapsed');
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'bot: reminded',
      'bot: escalated',
      'bot: lapsed',
    ]);
    expect(desk.told('lena')).toHaveLength(1);
    expect(approvalOf(desk, id, PEOPLE.ada).text).toMatch(/^Lapsed: /);
  });

  it('lapses and nothing else when the bot was off all the time', async () => {
    desk = await openDesk({ policy: WAITING });
    const id = await asks(desk, 'lena');
    await desk.passes(8 * DAY);
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed', 'bot: lapsed']);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
  });
});

describe('a duration (peers’ case 9)', () => {
  const durations = (line: string): string =>
    POLICY.replace('durations: [90d, 8h, 365d, permanent]', line);

  it('of 99 hours, as a day, is refused where two days are the most', async () => {
    desk = await openDesk({ policy: durations('durations: [8h]\n  max: 2d') });
    await opens(desk, 'lena', '/handle request DataCite');
    const day = new Date(desk.now().getTime() + 99 * HOUR).toISOString().slice(0, 10);
    const sent = await desk.as('lena').submits({ day, reason: 'Long' });
    expect(sent.errors).toEqual({ day: 'The policy allows at most 2 days.' });
    expect(await asked()).toBe(0);
  });

  it('that the policy no longer offers is refused from a form that was open before', async () => {
    desk = await openDesk({ policy: durations('durations: [99h, 8h]') });
    await opens(desk, 'lena', '/handle request DataCite');
    await desk.policy(durations('durations: [8h]\n  max: 2d'));
    const sent = await desk.as('lena').submits({ duration: '99h', reason: 'Long' });
    expect(sent.errors).toEqual({ duration: 'The policy offers only 8h.' });
    expect(await asked()).toBe(0);
  });

  it('may not be left out', async () => {
    desk = await openDesk();
    await opens(desk, 'lena', '/handle request DataCite');
    const sent = await desk.as('lena').submits({ duration: null, reason: 'For how long?' });
    expect(Object.keys(sent.errors ?? {})).toEqual(['duration']);
    expect(await asked()).toBe(0);
  });

  it.each(['0h', '', '-5h', '2 days'])('“%s” is refused', async (duration) => {
    desk = await openDesk();
    const people = [PEOPLE.lena];
    const values = {
      service: desk.datacite,
      people,
      level: 'use',
      until: { for: duration },
    };
    const asking = {
      change: 'grant',
      values,
      reason: 'x',
      by: PEOPLE.lena,
      idempotencyKey: 'one',
    } as const;
    await expect(ask(desk.bot.services, asking)).rejects.toMatchObject({
      code: 'badForm',
      fields: { until: 'The policy offers only 90d, 8h, 365d, permanent.' },
    });
    expect(await asked()).toBe(0);
  });

  const asked = async (): Promise<number> =>
    (await desk.audit()).filter((it) => it.what === 'asked').length;
});
