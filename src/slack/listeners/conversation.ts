import { actionIds } from '../../markup/actions.js';
import type { Document } from '../../markup/parts.js';
import { mine } from '../../queries/mine.js';
import { EVENTS } from '../ids.js';
import { drawMessage } from '../surfaces/render/whole.js';
import { answer, errorDocument, onButton, targetOf } from './answering.js';
import { runQuery } from './answer-query.js';
import { answerWords } from './answer-words.js';
import { parseWords } from './command-text.js';
import type { Desk, Register } from './desk.js';
import { type Heard, heardIn } from './heard.js';
import { ActionBody } from './payloads.js';

/** What is said to the bot in words, alone or by its name in a channel. Words only tell and half-fill forms: they change nothing. */
export const registerConversation: Register = (app, desk) => {
  const [, appMention] = EVENTS;
  app.event(appMention, async ({ event, context }) => {
    await onHeard(desk, heardIn(event, context.botUserId));
  });
  app.event('message', async ({ event, context }) => {
    await onHeard(desk, heardIn(event, context.botUserId));
  });
  app.action(actionIds.showMine, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const text = { people: [], rest: '' };
      const document = await runQuery(desk.services, mine, { by: pressed.user.id, text });
      await answer(desk, targetOf(pressed), document);
    });
  });
};

async function onHeard(desk: Desk, heard: Heard | null): Promise<void> {
  if (heard === null) return;
  const { user, text } = heard;
  await desk.safely({
    name: heard.isPrivate ? 'direct message' : 'mention',
    who: user,
    work: async () => {
      await reply(desk, heard, await answerWords(desk.services, user, parseWords(text)));
    },
    answer: async (error) => reply(desk, heard, await errorDocument(desk, error)),
  });
}

/** Who has what, and what was refused, is nobody else's business. */
async function reply(desk: Desk, heard: Heard, document: Document): Promise<void> {
  const { user, channel, thread } = heard;
  const { chat } = desk.client;
  const said = drawMessage(document);
  if (heard.isPrivate) {
    await chat.postMessage({ channel, ...said, unfurl_links: false, unfurl_media: false });
    return;
  }
  const place = thread === null ? { channel, user } : { channel, user, thread_ts: thread };
  await chat.postEphemeral({ ...place, ...said });
}
