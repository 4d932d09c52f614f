import type { Change } from '../changes/change.js';
import { asking, statusOf } from '../changes/request-words.js';
import { bold, type Markup, moment, mrkdwn } from '../markup/markup.js';
import type { Request } from '../requests/request.js';

/** `⏳ *Waiting for agreement:* <@U1> asked to …, since …. R-…` */
export function requestLine(request: Request, change: Change): Markup {
  const { sign, word } = statusOf(request);
  return mrkdwn`${sign} ${bold(`${word}:`)} ${requestWords(request, change)}`;
}

function requestWords(request: Request, change: Change): Markup {
  const asked = asking(request, change, 'asked');
  return mrkdwn`${asked}, ${moment(request.askedAt)}. ${request.id}`;
}
