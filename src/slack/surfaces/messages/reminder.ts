import type { ToTell } from '../../../chat.js';
import type { Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { actions, context, section } from '../render/blocks.js';
import { bold, joined, lines, moment, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { reviewButton } from './approval-buttons.js';
import { lapseWords, needsWords } from './decision-words.js';
import { asking, statusOf } from './request-words.js';

/** A request that still waits. Whoever gets this can decide right from it. */
export function reminder({ request }: ToTell): Message {
  if (request.status !== 'pending') return tooLate(request);
  const since = mrkdwn`Still waiting since ${moment(request.askedAt)}:`;
  const what = asking(request, 'asks');
  const state = joined(
    [needsWords(request), lapseWords(request)].filter((it) => it !== null),
    ' ',
  );
  const how = mrkdwn`Decide on its own message, or with Review… here.`;
  return message(lines([mrkdwn`${since} ${what}.`, state, how, mrkdwn`Request ${request.id}.`]), [
    section(mrkdwn`⏳ ${bold(since)} ${what}.`),
    context(state, how, mrkdwn`Request ${request.id}`),
    actions(reviewButton(request)),
  ]);
}

/** It was decided while the reminder was on its way. */
function tooLate(request: Request): Message {
  const { sign, word } = statusOf(request);
  const state = mrkdwn`No longer waiting (${word}):`;
  const what = asking(request, 'asked');
  return message(lines([mrkdwn`${state} ${what}.`, mrkdwn`Request ${request.id}.`]), [
    section(mrkdwn`${sign} ${bold(state)} ${what}.`),
    context(mrkdwn`Request ${request.id}`),
  ]);
}
