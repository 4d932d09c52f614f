import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addsService, approves, asks, changes, linked } from './acting.js';
import { opens } from './acts.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk, PEOPLE } from './desk.js';
import { at, conversation, life, members, onRecord, USE } from './reading.js';
import { screen } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom', 'gwen');
});
afterEach(() => desk.stop());

describe('“I’m done”', () => {
  it('gives back what somebody has, with nobody’s agreement', async () => {
    const grant = await asks(desk, 'lena');
    await approves(desk, 'cora', grant);
    const id = await changes(desk, 'lena', '/handle done');
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([
      '✅ Given back: your access to *DataCite* has ended. Thank you.\nNothing of it is left.',
    ]);
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: started', 'bot: carried out']);
    expect(await life(desk, grant)).toContain('bot: ended');
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
  });

  it('leaves to others what they got by the same request', async () => {
    await asks(desk, 'cora', { people: ['lena', 'tom'] });
    await changes(desk, 'tom', '/handle done DataCite');
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('says so where one has nothing on the service that was named', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    await addsService(desk, 'Zenodo');
    const form = await opens(desk, 'lena', '/handle done my access to Zenodo for good');
    expect(screen(form)[0]).toBe(
      '⚠️ You have no access to “Zenodo” through this desk. This form has no place for “for good”.',
    );
  });

  it('is answered in words to those who have nothing', async () => {
    await desk.as('tom').types('/handle done', { channel: CHANNELS.team });
    await desk.slack.until(() => desk.slack.ephemerals(PEOPLE.tom).length > 0, 'an answer');
    expect(desk.slack.ephemerals(PEOPLE.tom).at(-1)?.text).toContain(
      'You have no access through this desk.',
    );
  });
});

describe('a warning', () => {
  it('comes three days and one day before the end, with both buttons', async () => {
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    await desk.passes(86 * DAY);
    expect(desk.told('lena')).toHaveLength(1);
    await desk.passes(DAY + HOUR);
    const words =
      '⏳ Your access to *DataCite* ends ‹90d›. ' +
      'Still needed? Extend it: it goes on without a break. Done already? Give it back.';
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([words]);
    await desk.passes(2 * DAY);
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([words, words]);
    const message = desk.slack.directMessages(PEOPLE.lena).at(-1);
    expect(JSON.stringify(message?.blocks)).toContain('open_extend');
    expect(JSON.stringify(message?.blocks)).toContain('open_release');
    expect((await onRecord(desk, id)).filter(({ what }) => what === 'warned')).toHaveLength(2);
  });

  it('gives access back by its button', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await desk.passes(88 * DAY);
    const message = desk.slack.directMessages(PEOPLE.lena).at(-1);
    if (message === undefined) throw new Error('Lena was not warned.');
    await desk.as('lena').clicks(message, 'open_release');
    await desk.slack.until(() => desk.as('lena').modal !== null, 'the form');
    await desk.as('lena').submits({});
    await desk.works();
    expect(members(desk)).toEqual({});
  });

  it('comes once, when a fifth is left, for what lasts only hours', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena', { duration: '8h' }));
    await desk.passes(6 * HOUR);
    expect(desk.told('lena')).toHaveLength(1);
    await desk.passes(HOUR / 2);
    expect(desk.told('lena')).toHaveLength(2);
    await desk.passes(HOUR);
    expect(desk.told('lena')).toHaveLength(2);
  });

  it('does not come where another request gives as much for longer', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena', { duration: '90d' }));
    await approves(desk, 'cora', await asks(desk, 'lena', { duration: '365d' }));
    const told = desk.told('lena').length;
    await desk.passes(88 * DAY);
    expect(desk.told('lena')).toHaveLength(told);
  });

  it('comes once when the bot was off all the time', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await desk.passes(89 * DAY + HOUR);
    expect(desk.told('lena')).toHaveLength(2);
  });
});

describe('an end that comes late', () => {
  it('is carried out first thing, and says how late it is', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await desk.passes(95 * DAY);
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      '🏁 Your access to *DataCite* has ended, 5 days late because Onezone or the desk was away. ' +
        'Nothing of it is left.',
    );
    expect(screen(desk.slack.directMessages(PEOPLE.lena).at(-1) ?? null)).toContain(
      '(Request access again)',
    );
    expect(at('lena')).toBe('<@U0LENA>');
  });
});
