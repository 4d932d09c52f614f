import type { Message } from '../render/message.js';
import { list } from '../render/blocks.js';
import { bold, code, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import type { HelpEntry } from '../../../queries/data.js';

/** Only what this person may do: the entries are chosen before. */
export function helpAnswer(entries: readonly HelpEntry[]): Message {
  if (entries.length === 0) {
    const nothing = mrkdwn`The policy lets you do nothing here. Ask an administrator.`;
    return message(nothing, list(bold('What you can do'), [nothing]));
  }
  const said = helpLines(entries);
  return message(lines([mrkdwn`What you can do:`, ...said]), list(bold('What you can do'), said));
}

export function helpLines(entries: readonly HelpEntry[]): readonly Markup[] {
  return entries.map((it) => mrkdwn`${code(`/handle ${it.usage}`)} ${it.summary}`);
}
