import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { post } from '../slack-transport/kit/bot.js';
import { addsService, approves, asks, changes, linked } from './acting.js';
import {
  answered,
  answerTo,
  formAfter,
  lastRequest,
  onTop,
  refusalsOnRecord,
  told,
} from './acts.js';
import { CHANNELS, type Desk, type Name, openDesk, PEOPLE } from './desk.js';
import { at, buttonsOf, conversation, GUIDE, onScreen, reads } from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

const MEANS = 'Whoever may use it can see the service and register identifiers for their shares.';
const FROM_CORA = `In Onezone: lena of Onezone (lena). ${at('cora')} asked for it`;

/** The last message that somebody was sent. */
function lastTo(name: Name): SlackMessage {
  const message = desk.slack.directMessages(PEOPLE[name]).at(-1);
  if (message === undefined) throw new Error(`${name} was told nothing.`);
  return message;
}

/** Cora lets somebody in twice; nobody has to agree. Gives back the message about the second. */
async function letInTwice(name: Name): Promise<SlackMessage> {
  await asks(desk, 'cora', { people: [name] });
  await asks(desk, 'cora', { people: [name], duration: '365d' });
  return lastTo(name);
}

describe('the message to whoever was let in', () => {
  it('has the publishing guide in full at the first grant, and is the whole of it', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `You can now use *DataCite* until ‹90d›.\n${MEANS}\n${FROM_CORA}.\n${GUIDE}`,
    ]);
    expect(buttonsOf(lastTo('lena'))).toEqual(['(Open Onezone)', '(This isn’t me)']);
    expect(reads(desk, lastTo('lena').text)).toBe('You can now use *DataCite* until ‹90d›.');
  });

  it('has three lines and a button for the guide after that', async () => {
    const second = await letInTwice('lena');
    expect(reads(desk, wordsOf(second))).toBe(
      `You can now use *DataCite* until ‹365d›.\n${MEANS}\n${FROM_CORA}.`,
    );
    expect(buttonsOf(second)).toEqual(['(Open Onezone)', '(How to publish)']);
  });

  it('counts what was given on another service, and what has ended, as the first', async () => {
    await addsService(desk, 'B2Handle');
    await asks(desk, 'cora', { people: ['lena'], service: 'B2Handle' });
    expect(reads(desk, wordsOf(lastTo('lena')))).toContain('3. Choose *B2Handle*, fill in');
    await changes(desk, 'lena', '/handle done');
    await asks(desk, 'cora', { people: ['lena'] });
    expect(buttonsOf(lastTo('lena'))).toEqual(['(Open Onezone)', '(How to publish)']);
  });

  it('tells each of several by what they had before', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '365d' });
    expect(reads(desk, wordsOf(lastTo('lena')))).not.toContain('How to publish');
    expect(reads(desk, wordsOf(lastTo('tom')))).toBe(
      `You can now use *DataCite* until ‹365d›.\n${MEANS}\n` +
        `In Onezone: tom of Onezone (tom). ${at('cora')} asked for it.\n${GUIDE}`,
    );
  });

  it('says to whoever asked for themselves who approved, and has the same buttons', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await approves(desk, 'cem', await asks(desk, 'lena', { duration: '8h' }));
    const own = 'In Onezone: lena of Onezone (lena).';
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `✅ You can now use *DataCite* until ‹90d› · ${at('cora')} approved\n${MEANS}\n${own}\n${GUIDE}`,
      `✅ You can now use *DataCite* until ‹8h› · ${at('cem')} approved\n${MEANS}\n${own}`,
    ]);
    expect(buttonsOf(lastTo('lena'))).toEqual(['(Open Onezone)', '(How to publish)']);
  });

  it('names the day only where it lasts for days, and the time where it lasts for hours', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    await asks(desk, 'cora', { people: ['tom'], duration: '8h' });
    expect(desk.told('lena')[0]).toMatch(
      /<!date\^\d+\^\{date_short_pretty\}\|\d{4}-\d\d-\d\d UTC>/,
    );
    expect(desk.told('tom')[0]).toMatch(
      /<!date\^\d+\^\{date_short_pretty\} \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/,
    );
  });
});

describe('Open Onezone', () => {
  it('is a link to the zone, and a click on it is taken without a word', async () => {
    const message = await letInTwice('lena');
    const button = JSON.stringify(message.blocks);
    expect(button).toContain(`"url":"${desk.zone.url}"`);
    expect(button).toContain('"accessibility_label":"Open Example zone in the browser"');
    const before = desk.slack.ephemerals(PEOPLE.lena).length;
    expect(await desk.as('lena').clicks(message, 'open_onezone')).toMatchObject({ outcome: 'ok' });
    await desk.works();
    expect(desk.slack.ephemerals(PEOPLE.lena)).toHaveLength(before);
    expect(desk.as('lena').modal).toBeNull();
  });
});

describe('How to publish', () => {
  it('shows the guide in a modal', async () => {
    const message = await letInTwice('lena');
    const view = await formAfter(desk, 'lena', () =>
      desk.as('lena').clicks(message, 'how_to_publish'),
    );
    expect(view.title?.text).toBe('How to publish');
    expect(onScreen(desk, 'lena')).toBe(GUIDE);
    expect(onTop(desk, 'lena').submit).toBeNull();
  });

  it('shows it for the service that the message is about', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    const id = await addsService(desk, 'B2Handle');
    await asks(desk, 'cora', { people: ['lena'], service: 'B2Handle' });
    await formAfter(desk, 'lena', () => desk.as('lena').clicks(lastTo('lena'), 'how_to_publish'));
    expect(onScreen(desk, 'lena')).toBe(
      GUIDE.replace('*DataCite*', '*B2Handle*').replace('‹DataCite›', id),
    );
  });

  it.each(['tom', 'cora'] as const)(
    'is refused to somebody whom the request is not about (%s)',
    async (name) => {
      await letInTwice('lena');
      const { id } = await lastRequest(desk);
      // An answer needs an address, which comes with whatever a person does.
      await told(desk, name, '/handle help');
      const answer = await answerTo(desk, name, () => pressesUnseen(name, id));
      expect(screen(answer)).toEqual([noSuch(id)]);
      expect(desk.as(name).modal).toBeNull();
      expect(await refusalsOnRecord(desk)).toEqual([]);
    },
  );

  it('is refused where there is no such request, in the same words', async () => {
    await told(desk, 'lena', '/handle help');
    const answer = await answerTo(desk, 'lena', () => pressesUnseen('lena', 'R-00000000'));
    expect(screen(answer)).toEqual([noSuch('R-00000000')]);
  });

  const noSuch = (id: string): string =>
    `⛔ There is no request ${id}.\nNext: Type \`/handle requests\` to see yours.`;

  /** The button of a message that somebody else was sent. */
  async function pressesUnseen(name: Name, value: string): Promise<void> {
    const { state, signingSecret: secret, deliveries } = desk.slack;
    const own = deliveries.findLast((it) => it.user === PEOPLE[name]);
    const payload = JSON.stringify({
      type: 'block_actions',
      team: { id: state.team.id },
      user: { id: PEOPLE[name], team_id: state.team.id },
      trigger_id: randomUUID(),
      channel: { id: CHANNELS.team },
      response_url: own?.payload['response_url'],
      actions: [{ type: 'button', action_id: 'how_to_publish', block_id: 'b', value }],
    });
    await post(desk.bot.ports().slack ?? 0, new URLSearchParams({ payload }).toString(), {
      secret,
    });
    await desk.works();
  }
});

describe('lists of access', () => {
  it('say the level, the service and the end, in this order', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    expect(await shown('lena', '/handle mine')).toBe(
      '*Your access*\nUse · *DataCite* · ends ‹90d›',
    );
    expect(await shown('lena', '/handle show DataCite')).toBe(
      '*DataCite*\n*Id*\n`‹DataCite›`\n*Registrar type*\n`PID`\n*Prefix*\n`21.T15999`\n' +
        '*Proxy endpoint*\n`https://hps.example.org/api/v1`\n' +
        '*You*\nUse · *DataCite* · ends ‹90d›\n' +
        `*People with access*\n• ${at('lena')}: Use until ‹90d›\n` +
        'Only people let in through this desk are listed; Onezone may know more members.',
    );
    await desk.as('lena').opensHome();
    await desk.slack.until(() => desk.slack.home(PEOPLE.lena) !== null, 'the Home tab');
    expect(screen(desk.slack.home(PEOPLE.lena))).toContain('Use · *DataCite* · ends ‹time›');
  });

  it('say so where there is no end', async () => {
    await asks(desk, 'cora', { people: ['lena'], level: 'maintain', duration: 'permanent' });
    expect(await shown('lena', '/handle mine')).toBe(
      '*Your access*\nMaintain · *DataCite* · no end',
    );
  });

  it('have one row for two claims on one service: the strongest, and what lasts longer', async () => {
    await asks(desk, 'cora', { people: ['lena'], level: 'maintain', duration: '90d' });
    await asks(desk, 'cora', { people: ['lena'], level: 'use', duration: '365d' });
    expect(await shown('lena', '/handle mine')).toBe(
      '*Your access*\nMaintain · *DataCite* · ends ‹90d›, then Use until ‹365d›',
    );
    expect(buttonsOf(desk.slack.ephemerals(PEOPLE.lena).at(-1) ?? null)).toEqual([
      '(Extend…)',
      '(I’m done)',
    ]);
  });

  it('have one row where the stronger claim lasts longer, too, and say nothing of the weaker', async () => {
    await asks(desk, 'cora', { people: ['lena'], level: 'use', duration: '90d' });
    await asks(desk, 'cora', { people: ['lena'], level: 'maintain', duration: '365d' });
    expect(await shown('lena', '/handle mine')).toBe(
      '*Your access*\nMaintain · *DataCite* · ends ‹365d›',
    );
  });

  it('have a row for each service, ending soonest first', async () => {
    await addsService(desk, 'B2Handle');
    await asks(desk, 'cora', { people: ['lena'], duration: '365d' });
    await asks(desk, 'cora', { people: ['lena'], service: 'B2Handle', duration: '90d' });
    expect(await shown('lena', '/handle mine')).toBe(
      '*Your access*\nUse · *B2Handle* · ends ‹90d›\nUse · *DataCite* · ends ‹365d›',
    );
  });

  const shown = async (name: Name, line: string): Promise<string> =>
    reads(desk, wordsOf(await answered(desk, name, line)));
});

it('the team reads who can do what until when, and nothing of how to publish', async () => {
  await asks(desk, 'cora', { people: ['lena', 'tom'] });
  expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
    `${at('lena')} and ${at('tom')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena), tom of Onezone (tom).`,
  ]);
});
