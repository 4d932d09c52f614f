import { changes } from '../../changes/index.js';
import { Refusal } from '../../errors.js';
import { asksOnezone } from '../../queries/index.js';
import { serviceNamed } from '../../queries/services.js';
import { type CommandText, parseCommand, parseWords } from './command-text.js';
import { COMMANDS, EVENTS, SHORTCUTS } from '../ids.js';
import { section } from '../surfaces/render/blocks.js';
import { mrkdwn } from '../../markup/markup.js';
import { message } from '../surfaces/render/whole.js';
import { answer, answering } from './answering.js';
import type { Desk, Register } from './desk.js';
import { openGrantForm } from './grant.js';
import { openLinkForm } from './link.js';
import { CommandBody, Mention, ShortcutBody } from './payloads.js';
import { openRegisterForm } from './register.js';
import { tell } from './tell.js';
import { withAck } from './with-ack.js';

/** Slash commands, shortcuts and mentions. Words that were typed half-fill the form. */
export const registerCommands: Register = (app, desk) => {
  const [handle, handleRegister, handleGrant] = COMMANDS;
  const [registerService, requestAccess] = SHORTCUTS;
  const [, appMention] = EVENTS;
  app.command(handle, async ({ ack, body }) => {
    const typed = CommandBody.parse(body);
    const text = parseCommand(typed.text);
    const form = formFor(text.word);
    const place = placeOf(typed);
    if (form === null && !asksOnezone(text.word)) {
      await withAck(desk, { ack, place, work: () => tell(desk, { typed, text }) });
      return;
    }
    await ack();
    await onCommand(desk, typed, async () => {
      if (form !== null) return form(desk, typed, text);
      await answer(desk, place, await tell(desk, { typed, text }));
    });
  });
  app.command(handleGrant, async ({ ack, body }) => {
    await ack();
    const typed = CommandBody.parse(body);
    await onCommand(desk, typed, () => grant(desk, typed, parseWords(typed.text)));
  });
  app.command(handleRegister, async ({ ack, body }) => {
    await ack();
    const typed = CommandBody.parse(body);
    await onCommand(desk, typed, () => register(desk, typed, parseWords(typed.text)));
  });
  app.shortcut(requestAccess, async ({ ack, body }) => {
    await ack();
    const { user, trigger_id } = ShortcutBody.parse(body);
    const work = () => openGrantForm(desk, { by: user.id, trigger: trigger_id, values: {} });
    await answering(desk, { user: user.id }, { name: 'shortcut request_access', work });
  });
  app.shortcut(registerService, async ({ ack, body }) => {
    await ack();
    const { user, trigger_id } = ShortcutBody.parse(body);
    const work = () => openRegisterForm(desk, { by: user.id, trigger: trigger_id, values: {} });
    await answering(desk, { user: user.id }, { name: 'shortcut register_service', work });
  });
  app.event(appMention, async ({ event }) => {
    const { user, channel } = Mention.parse(event);
    if (user === undefined) return;
    const help = mrkdwn`I listen to \`/handle\`. Type \`/handle help\` to see what you can do.`;
    await desk.client.chat.postEphemeral({ channel, user, ...message(help, [section(help)]) });
  });
};

const placeOf = (typed: CommandBody) => ({ user: typed.user_id, responseUrl: typed.response_url });

function onCommand(desk: Desk, typed: CommandBody, work: () => Promise<void>): Promise<void> {
  return answering(desk, placeOf(typed), { name: 'command', work });
}

/** The form that a word opens; null: the word asks a question. */
function formFor(
  word: string,
): ((desk: Desk, typed: CommandBody, text: CommandText) => Promise<void>) | null {
  if (changes.grant.words.includes(word)) return grant;
  if (changes.register.words.includes(word)) return register;
  return word === 'link' ? link : null;
}

async function grant(
  desk: Desk,
  typed: CommandBody,
  text: Pick<CommandText, 'people' | 'rest'>,
): Promise<void> {
  const meant = await serviceMeant(desk, text.rest);
  const people = text.people.length === 0 ? {} : { people: text.people.slice(0, 50) };
  const values = { ...people, ...(meant.service === undefined ? {} : { service: meant.service }) };
  const notice = meant.notice === undefined ? {} : { notice: meant.notice };
  await openGrantForm(desk, { by: typed.user_id, trigger: typed.trigger_id, values, ...notice });
}

/** The service that was typed, or why it is not filled in: the form opens anyway. */
async function serviceMeant(
  { services }: Desk,
  text: string,
): Promise<{ readonly service?: { id: string; name: string }; readonly notice?: string }> {
  if (text === '') return {};
  try {
    const { id, name } = await serviceNamed(services, text);
    return { service: { id, name } };
  } catch (error) {
    if (error instanceof Refusal) return { notice: `${error.message} Choose one below.` };
    throw error;
  }
}

async function register(
  desk: Desk,
  typed: CommandBody,
  text: Pick<CommandText, 'rest'>,
): Promise<void> {
  const values = text.rest === '' ? {} : { name: text.rest };
  await openRegisterForm(desk, { by: typed.user_id, trigger: typed.trigger_id, values });
}

async function link(desk: Desk, typed: CommandBody, text: CommandText): Promise<void> {
  const [slack] = text.people;
  const values = { text: text.rest, ...(slack === undefined ? {} : { slack }) };
  await openLinkForm(desk, { by: typed.user_id, trigger: typed.trigger_id, values });
}
