import type { Button } from '@slack/types';
import type { Request } from '../../../requests/request.js';
import { actionIds } from '../../ids.js';
import { asking, statusOf } from '../messages/request-words.js';
import { button, confirmation } from '../render/elements.js';
import { bold, type Markup, moment, mrkdwn } from '../../../markup/markup.js';

/** `⏳ *Waiting for agreement:* <@U1> asked to …, since …. R-…` */
export function requestLine(request: Request): Markup {
  const { sign, word } = statusOf(request);
  return mrkdwn`${sign} ${bold(`${word}:`)} ${requestWords(request)}`;
}

/** The same for those who hear it. */
export function requestSpoken(request: Request): Markup {
  return mrkdwn`${statusOf(request).word}: ${requestWords(request)}`;
}

/** Of one's own requests only those that still wait can be withdrawn. */
export function myButton(request: Request): Button | undefined {
  return request.status === 'pending' ? withdrawButton(request) : undefined;
}

function requestWords(request: Request): Markup {
  return mrkdwn`${asking(request, 'asked')}, ${moment(request.askedAt)}. ${request.id}`;
}

function withdrawButton(request: Request): Button {
  return button({
    text: 'Withdraw',
    says: `Withdraw request ${request.id}`,
    action: actionIds.withdraw,
    value: request.id,
    confirm: confirmation({
      title: `Withdraw ${request.id}?`,
      text: mrkdwn`Nobody will be asked any more. You can ask again later.`,
      yes: 'Withdraw',
      no: 'Keep it',
    }),
  });
}
