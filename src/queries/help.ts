import { bold, mrkdwn } from '../markup/markup.js';
import { context, type Document, list, message } from '../markup/parts.js';
import { type Command, commandLine, type Commands, commandsFor } from './command.js';
import { defineQuery, type Query } from './query.js';

export const createHelp = (commands: Commands): Query =>
  defineQuery({
    word: 'help',
    usage: 'help',
    summary: 'This list.',
    spoken: { plainly: ['help', 'what can you do', 'what can i do'], perhaps: ['how'] },
    needs: null,
    asksOnezone: false,
    run: (services, actor) => Promise.resolve(commandsFor(services, actor, commands)),
    answer: helpAnswer,
  });

const IN_WORDS = mrkdwn`Or say it in words, to me alone or to me by name in a channel: “I need access to DataCite for 7 days”, “what do I have?”`;

/** Only what this person may do: the commands are chosen before. */
export function helpAnswer(commands: readonly Command[]): Document {
  if (commands.length === 0) {
    const nothing = mrkdwn`The policy lets you do nothing here. Ask an administrator.`;
    return message(nothing, [list(bold('What you can do'), [nothing])]);
  }
  return message(mrkdwn`What you can do`, [
    list(bold('What you can do'), commands.map(commandLine)),
    context(IN_WORDS),
  ]);
}
