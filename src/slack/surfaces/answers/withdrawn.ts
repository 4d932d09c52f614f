import type { Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { section } from '../render/blocks.js';
import { mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';

export function withdrawnAnswer(request: Pick<Request, 'id'>): Message {
  const words = mrkdwn`${request.id} is withdrawn. Nobody is asked any more.`;
  return message(words, [section(words)]);
}
