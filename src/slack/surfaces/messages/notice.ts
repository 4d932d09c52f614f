import type { Notice } from '../../../chat.js';
import type { Message } from '../render/message.js';
import { section } from '../render/blocks.js';
import { mrkdwn, sentence } from '../../../markup/markup.js';
import { message } from '../render/whole.js';

/** For the operators, about the desk itself. */
export function notice({ text }: Notice): Message {
  const says = sentence(text);
  return message(says, [section(mrkdwn`⚠️ ${says}`)]);
}
