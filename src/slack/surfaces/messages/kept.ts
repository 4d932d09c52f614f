import type { ToTell } from '../../../chat.js';
import type { Message } from '../render/message.js';
import { context, section } from '../render/blocks.js';
import { bold, lines, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { youAsked } from './request-words.js';

/** Onezone is away: the requester has nothing to do and nothing to repeat. */
export function kept({ request }: ToTell): Message {
  const what = mrkdwn`Onezone is not answering at the moment.`;
  const then =
    request.status === 'pending'
      ? mrkdwn`Your request is kept. It goes on by itself when Onezone is back; you need not ask again.`
      : mrkdwn`Your request is kept and will be carried out when Onezone is back; you need not ask again.`;
  return message(lines([what, then, mrkdwn`It is ${request.id}: ${youAsked(request)}.`]), [
    section(mrkdwn`⏳ ${bold(what)} ${then}`),
    context(mrkdwn`Request ${request.id}: ${youAsked(request)}`),
  ]);
}
