import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { addsService } from '../stories/acting.js';
import { refusalsOnRecord } from '../stories/acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from '../stories/desk.js';
import { screen } from '../stories/screen.js';

const STRANGER = 'U0EVE';
const BOT = 'U0OTHERBOT';
const NOTHING_YET = 'Nothing happens before you send the form.';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  desk.slack.addUser({ id: STRANGER, name: 'eve', real_name: 'eve', team_id: 'T0OTHER' });
  desk.slack.addUser({ id: BOT, name: 'other', real_name: 'other', is_bot: true });
  for (const id of Object.values(CHANNELS)) {
    const { members = [] } = desk.slack.state.channels[id] ?? {};
    desk.slack.changeChannel(id, { members: [...members, STRANGER, BOT] });
  }
});
afterAll(() => desk.stop());

let inChannel: number;
beforeEach(() => {
  inChannel = desk.slack.messages(CHANNELS.team).length;
});

const written = (slack: string) =>
  desk.slack.directMessages(slack).filter((it) => it.bot_id !== undefined);

/** What the bot answers to a direct message. */
async function hears(slack: string, text: string): Promise<readonly string[]> {
  const before = written(slack).length;
  await desk.slack.as(slack).writesToBot(text);
  await desk.slack.until(() => written(slack).length > before, 'an answer');
  return screen(written(slack).at(-1) ?? null);
}

/** What it answers to a mention, to whoever wrote it alone. */
async function hearsInChannel(slack: string, text: string): Promise<readonly string[]> {
  const before = desk.slack.ephemerals(slack).length;
  await desk.slack.as(slack).mentionsBot(text, CHANNELS.team);
  await desk.slack.until(() => desk.slack.ephemerals(slack).length > before, 'an answer');
  expect(desk.slack.messages(CHANNELS.team)).toHaveLength(inChannel + 1);
  return screen(desk.slack.ephemerals(slack).at(-1) ?? null);
}

/** Uses the shortcut on this message, and is told why there is no form. */
async function sharing(
  message: SlackMessage | undefined,
  slack: string = PEOPLE.lena,
): Promise<readonly string[]> {
  const before = desk.slack.ephemerals(slack).length;
  await desk.slack.as(slack).uses('grant_to_author', message);
  await desk.slack.until(() => desk.slack.ephemerals(slack).length > before, 'an answer');
  expect(desk.slack.as(slack).modal).toBeNull();
  return screen(desk.slack.ephemerals(slack).at(-1) ?? null);
}

describe('words said to the bot carry nothing out, and tell nobody what is not theirs to know', () => {
  it('a stranger or a guest who speaks to it is refused before it looks at what is said', async () => {
    const stranger = [
      '⛔ You belong to another workspace; this desk serves only its own.\nNext: Ask a member of this workspace to make the request.',
    ];
    expect(await hearsInChannel(STRANGER, 'who has DataCite?')).toEqual(stranger);
    expect(await hears(STRANGER, 'who has DataCite?')).toEqual(stranger);
    expect(await hears(PEOPLE.gwen, 'give me DataCite')).toEqual([
      '⛔ Guests of this workspace can neither ask nor agree.\nNext: Ask a full member to make the request for you; a request can name you as the person who gets access.',
    ]);
    expect(await refusalsOnRecord(desk)).toEqual(
      [STRANGER, STRANGER, PEOPLE.gwen].map((who) =>
        expect.stringMatching(new RegExp(`^${who} conversation: (stranger|guest): `)),
      ),
    );
  });

  it('a text that calls a channel or a person, or looks like a link or a button, is repeated without any of that', async () => {
    const text = 'give DataCite <!channel> &lt;@U0ADA&gt; *Approve* `code` :tada:';
    const [, notice] = await hearsInChannel(PEOPLE.lena, text);
    expect(notice).toBe(
      '⚠️ I did not understand “&lt;!channel&gt; &amp;lt;@U0ADA&amp;gt; ∗Approve∗ ˋcodeˋ ∶tada:”.',
    );
  });

  it('a message of a thousand words is answered as any other, in a few lines', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `w${at}`).join(' ');
    const said = await hears(PEOPLE.lena, `give @tom DataCite ${many}`);
    expect(said[0]).toBe('*Request access*: *DataCite* · <@U0TOM>');
    expect(said[1]).toMatch(/^⚠️ I did not understand “w0 w1 w2 .{100,200}…”\.$/);
    const reason = await hears(PEOPLE.lena, `give @tom DataCite because ${'why '.repeat(700)}`);
    expect(reason.slice(1)).toEqual([
      '⚠️ Your reason is too long to be carried along: write it in the form.',
      '(Open the form)',
      NOTHING_YET,
    ]);
  });

  it('a service whose name is a command, a mention or words of the grammar cannot turn what others say', async () => {
    await addsService(desk, 'give');
    await addsService(desk, 'for 7 days');
    await addsService(desk, '<@U0ADA> <!here> *all*');
    expect(await hears(PEOPLE.lena, 'give @tom DataCite for 90 days')).toEqual([
      '*Request access*: *DataCite* · <@U0TOM> · for 90 days',
      '(Open the form)',
      NOTHING_YET,
    ]);
    expect(await hears(PEOPLE.lena, 'I want u0ada')).toEqual([
      '*Request access*: *‹@U0ADA› ‹!here› ∗all∗*',
      '(Open the form)',
      NOTHING_YET,
    ]);
  });

  it('another bot that talks to it, or is named as author, gets no answer and no access', async () => {
    await desk.slack.as(BOT).mentionsBot('give me DataCite', CHANNELS.team);
    expect(await sharing(desk.slack.messages(CHANNELS.team).at(-1))).toEqual([
      '⛔ Whoever wrote this is a bot, a stranger or a deactivated account and cannot get access.\nNext: Choose active people of this workspace.',
    ]);
    expect(desk.slack.ephemerals(BOT)).toEqual([]);
    expect((await refusalsOnRecord(desk)).filter((it) => it.startsWith(BOT))).toEqual([]);
  });

  it('a stranger who is named as author gets no access, and a guest can use no shortcut', async () => {
    await desk.slack.as(STRANGER).types('hello', { channel: CHANNELS.team });
    const message = desk.slack.messages(CHANNELS.team).at(-1);
    expect(await sharing(message)).toEqual([
      `⛔ <@${STRANGER}> is a bot, a stranger or a deactivated account and cannot get access.\nNext: Choose active people of this workspace.`,
    ]);
    expect(await sharing(message, PEOPLE.gwen)).toEqual([
      '⛔ Guests of this workspace can neither ask nor agree.\nNext: Ask a full member to make the request for you; a request can name you as the person who gets access.',
    ]);
  });

  it('after all that was said nothing is asked for', async () => {
    expect((await desk.audit()).filter(({ what }) => what === 'asked')).toEqual([]);
  });
});
