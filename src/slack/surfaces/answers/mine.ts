import type { Message } from '../render/message.js';
import { context, section } from '../render/blocks.js';
import { bold, code, lines, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { accessWords } from './access-words.js';
import type { Access } from '../../../queries/data.js';
import { showButton } from './service-line.js';

const MOST = 30;

export function mineAnswer(access: readonly Access[]): Message {
  if (access.length === 0) {
    const none = mrkdwn`You have no access through this desk. Ask for it with ${code('/handle request')}.`;
    return message(none, [section(none)]);
  }
  const shown = access.slice(0, MOST);
  const more = access.length - shown.length;
  const rest = more === 0 ? [] : [mrkdwn`and ${more} more`];
  return message(lines([mrkdwn`Your access:`, ...shown.map(accessWords), ...rest]), [
    section(bold('Your access')),
    ...shown.map((it) =>
      section(accessWords(it), showButton({ ...it.service, registrar: null, prefix: null })),
    ),
    ...rest.map((it) => context(it)),
  ]);
}
