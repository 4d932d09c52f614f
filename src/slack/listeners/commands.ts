import type { Change } from '../../changes/change.js';
import type { TypedWords } from '../../changes/form.js';
import { mrkdwn } from '../../markup/markup.js';
import { queries } from '../../queries/index.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { answer, answering, targetOfCommand } from './answering.js';
import { answerQuery } from './answer-query.js';
import { COMMAND_LIMIT, parseCommand, parseWords } from './command-text.js';
import type { Desk, Register } from './desk.js';
import { runDeskCommand } from './desk-commands.js';
import { openForm } from './open-form.js';
import { CommandBody } from './payloads.js';
import type { TypedCommand } from './typed-command.js';
import { withAck } from './with-ack.js';

const HANDLE = '/handle';

/** `/handle`, and the commands that changes have of their own. */
export const registerCommands: Register = (app, desk) => {
  app.command(HANDLE, async ({ ack, body }) => {
    const typed = CommandBody.parse(body);
    await onHandle(desk, { ack, typed, text: parseCommand(typed.text) });
    await sayWhatWasCut(desk, typed);
  });
  for (const change of desk.services.changes.all) {
    const { command } = change.door;
    if (command === undefined) continue;
    app.command(command, async ({ ack, body }) => {
      await ack();
      const typed = CommandBody.parse(body);
      await openTyped(desk, change, { typed, words: parseWords(typed.text) });
      await sayWhatWasCut(desk, typed);
    });
  }
};

async function onHandle(desk: Desk, command: TypedCommand): Promise<void> {
  const { ack, typed, text } = command;
  // First, since `link me` is more than `link`.
  if (await runDeskCommand(desk, command)) return;
  const change = desk.services.changes.byWord(text.word);
  if (change === null) return onQuery(desk, command);
  await ack();
  await openTyped(desk, change, { typed, words: text });
}

const CUT = mrkdwn`Your command was longer than ${COMMAND_LIMIT} characters; I read only the first ${COMMAND_LIMIT}.`;

async function sayWhatWasCut(desk: Desk, typed: CommandBody): Promise<void> {
  if (typed.text.length <= COMMAND_LIMIT) return;
  const target = targetOfCommand(typed);
  const work = () => answer(desk, target, paragraphs(CUT));
  await answering(desk, target, { name: 'command', work });
}

/** Words that were typed half-fill the form. */
function openTyped(
  desk: Desk,
  change: Change,
  { typed, words }: { readonly typed: CommandBody; readonly words: TypedWords },
): Promise<void> {
  const { trigger_id: trigger } = typed;
  const target = targetOfCommand(typed);
  return answering(desk, target, {
    name: 'command',
    work: () => openForm(desk, { change, target, trigger, typed: words }),
  });
}

async function onQuery(desk: Desk, { ack, typed, text }: TypedCommand): Promise<void> {
  const target = targetOfCommand(typed);
  const work = () => answerQuery(desk.services, typed.user_id, text);
  if (queries.find(text.word)?.asksOnezone !== true) return withAck(desk, { ack, target, work });
  await ack();
  await answering(desk, target, {
    name: 'command',
    work: async () => answer(desk, target, await work()),
  });
}
