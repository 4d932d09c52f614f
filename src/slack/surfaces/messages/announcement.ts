import type { ToTell } from '../../../chat.js';
import type { GrantRequest } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { context, section } from '../render/blocks.js';
import { lines, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { activeOf } from './outcome-lines.js';
import { agreedBy, canNow } from './request-words.js';

const NAMED = 6;

/** For the team channel: who can do what until when. Never why: a reason was written for the approvers. */
export function announcement({ request }: ToTell & { request: GrantRequest }): Message {
  const people = activeOf(request).map((it) => it.slack);
  const can = mrkdwn`${canNow(request, people, NAMED)}.`;
  return message(lines([can, agreedBy(request)]), [
    section(can),
    context(mrkdwn`${agreedBy(request)} Request ${request.id}`),
  ]);
}
