import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { addsService } from './acting.js';
import { answerTo, formAfter, refusalsOnRecord, sends, typed } from './acts.js';
import { CHANNELS, DAY, type Desk, type Name, openDesk, PEOPLE } from './desk.js';
import { screen } from './screen.js';

const ASK = '(Open the form)';
const NOTHING_YET = 'Nothing happens before you send the form.';
const HOW =
  'Say it like “I need access to DataCite for 7 days”, “who has DataCite?” or “what do I have?”';

let desk: Desk;
let prod: string;
beforeAll(async () => {
  desk = await openDesk();
  prod = await addsService(desk, 'ePIC prod');
  await addsService(desk, 'ePIC test');
});
afterAll(() => desk.stop());

/** Writes to the bot alone and gets an answer there. */
async function writes(name: Name, text: string): Promise<SlackMessage> {
  const own = (): readonly SlackMessage[] =>
    desk.slack.directMessages(PEOPLE[name]).filter((it) => it.bot_id !== undefined);
  const before = own().length;
  await desk.as(name).writesToBot(text);
  await desk.slack.until(() => own().length > before, `an answer to “${text.slice(0, 50)}”`);
  const answer = own().at(-1);
  if (answer === undefined) throw new Error('There was an answer a moment ago.');
  return answer;
}

const isTold = async (name: Name, text: string): Promise<readonly string[]> =>
  screen(await writes(name, text));

const opensFrom = (name: Name, answer: SlackMessage, action = 'open_grant') =>
  formAfter(desk, name, () => desk.as(name).clicks(answer, action));

const dayIn = (days: number): string =>
  new Date(desk.now().getTime() + days * DAY).toISOString().slice(0, 10);

const nothingAsked = async (): Promise<void> => {
  const asked = (await desk.audit()).filter(({ what }) => what === 'asked');
  expect(asked).toEqual([]);
};

describe('a direct message', () => {
  it('half-fills the form, which alone asks for anything', async () => {
    const answer = await writes('cora', 'give @lena DataCite for 90 days');
    expect(screen(answer)).toEqual([
      '*Request access*: *DataCite* · <@U0LENA> · for 90 days',
      ASK,
      NOTHING_YET,
    ]);
    await nothingAsked();
    const form = await opensFrom('cora', answer);
    expect(typed(form)).toMatchObject({
      service: desk.datacite,
      people: [PEOPLE.lena],
      duration: '90d',
      reason: null,
    });
    await desk.as('cora').closes();
  });

  it('takes a day, a level and a reason in which others are named', async () => {
    const day = dayIn(12);
    const text = `I need access to epic prod until ${day} as maintainer because @tom is away <!channel>`;
    const answer = await writes('lena', text);
    expect(screen(answer)).toEqual([
      `*Request access*: *ePIC prod* · until ${day} · Maintain · “@U0TOM is away &lt;!channel&gt;”`,
      ASK,
      NOTHING_YET,
    ]);
    expect(typed(await opensFrom('lena', answer))).toMatchObject({
      service: prod,
      people: [PEOPLE.lena],
      level: 'maintain',
      day,
      reason: '@U0TOM is away <!channel>',
    });
    await desk.as('lena').closes();
  });

  it('says what it did not understand, what is not offered, and between what to choose', async () => {
    expect(await isTold('lena', 'I want ePIC for 3 hours as owner, not')).toEqual([
      '*Request access*',
      '⚠️ More than one handle service fits “ePIC”: “ePIC prod”, “ePIC test”. Choose one below. 3 hours is not offered here; choose another duration. “Own” is not offered here. I did not understand “not”.',
      ASK,
      NOTHING_YET,
    ]);
    expect(await isTold('lena', 'give me Datacyte for 7 days')).toEqual([
      `*Request access*: *DataCite* · <@U0LENA> · for 7 days, until ${dayIn(7)}`,
      '⚠️ I took “Datacyte” for “DataCite”.',
      ASK,
      NOTHING_YET,
    ]);
    expect(await isTold('lena', 'give lena Zenodo')).toEqual([
      '*Request access*',
      '⚠️ No handle service is called “lena Zenodo”. Choose one below.',
      ASK,
      NOTHING_YET,
    ]);
    expect(await isTold('lena', 'purple elephants @tom')).toEqual([
      `I did not understand “purple elephants”. ${HOW}`,
      '(Request access)',
      '(My access)',
    ]);
  });

  it('answers what one can ask', async () => {
    expect(await isTold('lena', 'What do I have?')).toEqual([
      'You have no access through this desk. Ask for it with `/handle request`.',
    ]);
    const shown = screen(
      await answerTo(desk, 'lena', () =>
        desk.as('lena').types('/handle show DataCite', { channel: CHANNELS.team }),
      ),
    );
    expect(await isTold('lena', 'who has datacite?')).toEqual(shown);
    expect(await isTold('lena', 'who has datacite, @tom?')).toEqual([
      ...shown,
      'The answer has nothing to do with <@U0TOM>.',
    ]);
    expect((await isTold('lena', 'my requests for 7 days'))[2]).toBe(
      'I did not understand “for 7 days”.',
    );
    expect((await isTold('lena', 'help'))[0]).toContain('*What you can do*');
    expect(await isTold('lena', 'withdraw my request')).toEqual([
      'For that type `/handle withdraw R-…`.',
    ]);
    expect(await isTold('lena', 'DataCite')).toEqual([
      'What would you like with *DataCite*?',
      '(Request access)',
      '(Show)',
    ]);
  });

  it('is greeted back, with what most people want', async () => {
    const answer = await writes('lena', 'Hello!');
    expect(screen(answer)).toEqual([
      'Hello! Tell me what you need, such as “I need access to DataCite for 7 days” or “what do I have?”',
      '(Request access)',
      '(My access)',
    ]);
    const mine = await answerTo(desk, 'lena', () => desk.as('lena').clicks(answer, 'show_mine'));
    expect(screen(mine)).toEqual([
      'You have no access through this desk. Ask for it with `/handle request`.',
    ]);
  });

  it('knows the other changes, for those who may', async () => {
    const take = await writes('cora', 'take DataCite from @tom for 7 days');
    expect(screen(take)).toEqual([
      '*Revoke access*: *DataCite* · <@U0TOM>',
      '⚠️ This form has no place for “for 7 days”.',
      ASK,
      NOTHING_YET,
    ]);
    expect(typed(await opensFrom('cora', take, 'open_revoke'))).toMatchObject({
      service: desk.datacite,
      people: [PEOPLE.tom],
    });
    await desk.as('cora').closes();
    const register = await writes('cora', 'register a new handle service called My Community DOIs');
    expect(screen(register)[0]).toBe('*Register a service*: *My Community DOIs*');
    expect(await isTold('lena', 'take DataCite from @tom')).toEqual([
      '⛔ You may not revoke: the policy lets only curator or admin do that.\nNext: Ask someone with the role curator or admin. That is <@U0ADA>, <@U0CORA> and <@U0CEM>.',
      'Rule: `actions.revoke.may` in the policy file',
    ]);
    expect(await isTold('lena', 'extend DataCite')).toEqual([
      expect.stringContaining('There is no access with an end that could be extended'),
    ]);
  });

  it('is answered once, however often Slack delivers it, and never when it is edited or said in a thread', async () => {
    const count = (): number => desk.slack.directMessages(PEOPLE.tom).length;
    const delivery = await desk.as('tom').writesToBot('hi');
    await desk.slack.until(() => count() === 2, 'an answer');
    await desk.slack.redeliver(delivery);
    const [own] = desk.slack.directMessages(PEOPLE.tom);
    if (own === undefined) throw new Error('Tom wrote nothing.');
    await desk.as('tom').edits(own, 'give @tom DataCite');
    await desk.as('tom').writesToBot('give @tom DataCite', { thread: own.ts });
    await desk.bot.services.store.ping();
    await isTold('lena', 'thanks');
    expect(count()).toBe(3);
  });
});

describe('a mention', () => {
  it('is answered for whoever wrote it alone, with nothing in the channel', async () => {
    const before = desk.slack.messages(CHANNELS.team).length;
    const answer = await answerTo(desk, 'lena', () =>
      desk.as('lena').mentionsBot('can I have access to DataCite?', CHANNELS.team),
    );
    expect(screen(answer)).toEqual(['*Request access*: *DataCite*', ASK, NOTHING_YET]);
    expect(typed(await opensFrom('lena', answer))).toMatchObject({
      service: desk.datacite,
      people: [PEOPLE.lena],
    });
    await desk.as('lena').closes();
    expect(desk.slack.messages(CHANNELS.team)).toHaveLength(before + 1);
  });

  it('in a thread is answered there', async () => {
    const [first] = desk.slack.messages(CHANNELS.team);
    const thread = first?.ts ?? '';
    const bot = desk.slack.state.users[desk.slack.state.app.botUserId]?.name ?? '';
    const answer = await answerTo(desk, 'lena', () =>
      desk.as('lena').types(`@${bot} what do I have?`, { channel: CHANNELS.team, thread }),
    );
    expect(answer.text).toContain('You have no access through this desk.');
    const call = desk.slack.calls.findLast(({ method }) => method === 'chat.postEphemeral');
    expect(call?.args).toMatchObject({ channel: CHANNELS.team, thread_ts: thread });
  });
});

describe('the command', () => {
  it('understands the same words', async () => {
    const line = `/handle request @tom DataCite for a year maintain xyzzy`;
    const form = await formAfter(desk, 'lena', () =>
      desk.as('lena').types(line, { channel: CHANNELS.team }),
    );
    expect(screen(form)[0]).toBe('⚠️ I did not understand “xyzzy”.');
    expect(typed(form)).toMatchObject({
      service: desk.datacite,
      people: [PEOPLE.tom],
      level: 'maintain',
    });
    await desk.as('lena').closes();
  });

  it('fills in as much of a reason as the form takes, and says so', async () => {
    const line = `/handle request DataCite because ${'x'.repeat(3100)}`;
    const form = await formAfter(desk, 'lena', () =>
      desk.as('lena').types(line, { channel: CHANNELS.team }),
    );
    expect(screen(form)[0]).toBe('⚠️ Only the first 3000 characters of the reason are filled in.');
    expect(typed(form)['reason']).toBe('x'.repeat(3000));
    await desk.as('lena').closes();
  });
});

describe('the shortcut on a message', () => {
  it('opens the form with its author, and nothing of what it says', async () => {
    await desk.as('tom').types('I have lost my cat', { channel: CHANNELS.team });
    const message = desk.slack.messages(CHANNELS.team).at(-1);
    const form = await formAfter(desk, 'cora', () =>
      desk.as('cora').uses('grant_to_author', message),
    );
    expect(typed(form)).toMatchObject({ service: null, people: [PEOPLE.tom], reason: null });
    expect(JSON.stringify(form)).not.toContain('cat');
    await sends(desk, 'cora', { service: desk.datacite, reason: 'A colleague' }).catch(() => null);
    await desk.as('cora').closes();
  });

  it('has no use for what a bot wrote', async () => {
    const [greeting] = desk.slack
      .directMessages(PEOPLE.lena)
      .filter((it) => it.bot_id !== undefined);
    const bot = await answerTo(desk, 'lena', () =>
      desk.as('lena').uses('grant_to_author', greeting),
    );
    expect(screen(bot)).toEqual([
      '⛔ Whoever wrote this is a bot, a stranger or a deactivated account and cannot get access.\nNext: Choose active people of this workspace.',
    ]);
  });
});

it('has recorded only refusals', async () => {
  expect(await refusalsOnRecord(desk)).toEqual([
    expect.stringContaining('U0LENA revoke: notInRole'),
  ]);
});
