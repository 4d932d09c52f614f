import { deskCommands } from '../../queries/desk-commands.js';
import type { Submission } from '../../operations/submission.js';
import { answering, targetOfCommand } from './answering.js';
import { requestIdIn } from './decision-of.js';
import type { Desk } from './desk.js';
import { openProofForm } from './prove.js';
import { submitClick } from './submit.js';
import type { TypedCommand } from './typed-command.js';
import { answerQuery } from './answer-query.js';
import { withAck } from './with-ack.js';

type Word = (typeof deskCommands)[number]['word'];

/** Words after `/handle` that change something without being a change of the table. False: it is none of them. */
export async function runDeskCommand(desk: Desk, command: TypedCommand): Promise<boolean> {
  const { word: first, people, rest } = command.text;
  const typed = people.length === 0 && rest !== '' ? `${first} ${rest.toLowerCase()}` : first;
  const known = deskCommands.find(({ word }) => word === typed || word === first);
  if (known !== undefined) await runs[known.word](desk, command);
  return known !== undefined;
}

const runs: Readonly<Record<Word, (desk: Desk, command: TypedCommand) => Promise<void>>> = {
  withdraw: (desk, command) => {
    const { ack, typed, text } = command;
    if (text.rest !== '') {
      return submitTyped(desk, command, (origin) => ({
        ...origin,
        kind: 'withdraw',
        id: requestIdIn(text.rest),
      }));
    }
    // Those that can be withdrawn have a button there.
    const work = () => answerQuery(desk.services, typed.user_id, { ...text, word: 'requests' });
    return withAck(desk, { ack, target: targetOfCommand(typed), work });
  },
  'link me': async (desk, { ack, typed }) => {
    await ack();
    const { trigger_id: trigger } = typed;
    const target = targetOfCommand(typed);
    await answering(desk, target, {
      name: 'command',
      work: () => openProofForm(desk, { target, trigger }),
    });
  },
};

type Origin = Pick<Submission, 'by' | 'view' | 'channel'>;

function submitTyped(
  desk: Desk,
  { ack, typed }: TypedCommand,
  submission: (origin: Origin) => Submission,
): Promise<void> {
  const origin = { by: typed.user_id, view: null, channel: typed.channel_id ?? '' };
  return submitClick(desk, {
    name: 'command',
    ack: () => ack(),
    target: targetOfCommand(typed),
    trigger: typed.trigger_id,
    submission: () => submission(origin),
  });
}
