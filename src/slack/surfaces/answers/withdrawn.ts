import type { Request } from '../../../requests/request.js';
import { mrkdwn } from '../../../markup/markup.js';
import { type Document, message, section } from '../../../markup/parts.js';

export function withdrawnAnswer(request: Pick<Request, 'id'>): Document {
  const words = mrkdwn`${request.id} is withdrawn. Nobody is asked any more.`;
  return message(words, [section(words)]);
}
