import { asking, statusOf, youAsked } from '../../../changes/request-words.js';
import { bold, code, joined, moment, mrkdwn, sentence } from '../../../markup/markup.js';
import { actions, context, type Document, message, section } from '../../../markup/parts.js';
import { reviewButton } from '../../../queries/request-buttons.js';
import type { Trouble } from '../../../requests/request.js';
import type { About } from './about.js';
import { lapseWords, needsWords } from './decision-words.js';

/** A request that still waits. Whoever gets this can decide right from it. */
export function reminder(about: About): Document {
  const { request, change } = about;
  if (request.status !== 'pending') return tooLate(about);
  const since = mrkdwn`Still waiting since ${moment(request.askedAt)}:`;
  const what = asking(request, change, 'asks');
  const state = joined(
    [needsWords(request), lapseWords(request)].filter((line) => line !== null),
    ' ',
  );
  const how = mrkdwn`Decide on its own message, or with Review… here.`;
  return message(mrkdwn`Still waiting: ${what}`, [
    section(mrkdwn`⏳ ${bold(since)} ${what}.`),
    context(state, how),
    actions(reviewButton(request)),
  ]);
}

/** It was decided while the reminder was on its way. */
function tooLate({ request, change }: About): Document {
  const { sign, word } = statusOf(request);
  const state = mrkdwn`No longer waiting (${word}):`;
  const what = asking(request, change, 'asked');
  return message(mrkdwn`${state} ${what}`, [section(mrkdwn`${sign} ${bold(state)} ${what}.`)]);
}

/** It cannot go on now: the requester has nothing to do and nothing to repeat. */
export function kept(about: About): Document {
  const { request, change } = about;
  if (request.trouble?.needsOperator === true) return keptForOperator(about, request.trouble);
  const asked = youAsked(request, change);
  const what = mrkdwn`Onezone is not answering at the moment.`;
  const then =
    request.status === 'pending'
      ? mrkdwn`Your request is kept. It goes on by itself when Onezone is back; you need not ask again.`
      : mrkdwn`Your request is kept and will be carried out when Onezone is back; you need not ask again.`;
  return message(mrkdwn`${what} Your request is kept.`, [
    section(mrkdwn`⏳ ${bold(what)} ${then}`),
    context(mrkdwn`${request.id}: ${asked}`),
  ]);
}

/** It does not pass by itself: the id is what the requester names to an operator. */
function keptForOperator({ request, change }: About, { why, supportId }: Trouble): Document {
  const asked = youAsked(request, change);
  const what = sentence(why, { people: true });
  const then = mrkdwn`Your request is kept, and an operator has been told; you need not ask again.`;
  const id = mrkdwn`Support id: ${code(supportId)}`;
  return message(mrkdwn`Your request is kept. ${what}`, [
    section(mrkdwn`⏳ ${bold(what)} ${then}`),
    context(id, mrkdwn`${request.id}: ${asked}`),
  ]);
}
