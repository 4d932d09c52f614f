import type { Message } from '../render/message.js';
import { identityWords } from '../messages/effect-lines.js';
import { fields, list } from '../render/blocks.js';
import {
  bold,
  code,
  lines,
  type Markup,
  mention,
  mrkdwn,
  sentence,
} from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import type { WhoShown } from '../../../queries/data.js';
import { helpLines } from './help.js';

export function whoamiAnswer(who: WhoShown): Message {
  const facts = [
    ['Slack', mrkdwn`${mention(who.slack)}, id ${code(who.slack)}`],
    ['Onezone', onezoneWords(who)],
    ['Roles', mrkdwn`${who.roles.join(', ') || 'none'}`],
  ] as const;
  const may = who.may.length === 0 ? [mrkdwn`Nothing.`] : helpLines(who.may);
  return message(
    lines([
      ...facts.map(([name, value]) => mrkdwn`${name}: ${value}`),
      mrkdwn`What you may do:`,
      ...may,
    ]),
    [...fields(facts), ...list(bold('What you may do'), may)],
  );
}

function onezoneWords(who: WhoShown): Markup {
  const { identity, why } = who;
  if (identity !== null) return identityWords(identity, { fullId: true });
  return why === null ? mrkdwn`not linked` : sentence(why, { people: true });
}
