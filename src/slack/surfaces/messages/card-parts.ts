import { statusOf } from '../../../changes/request-words.js';
import { cut } from '../../../markup/cut.js';
import { bold, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { type Part, section, userText } from '../../../markup/parts.js';
import type { Request } from '../../../requests/request.js';
import type { About } from './about.js';

/** In characters; the rest is behind *Review…*. */
const MAX_REASON_LENGTH = 1500;

/** The state in a word, and what it is the state of. */
export function statusLine(request: Request, headline: Markup): Part {
  const { sign, word } = statusOf(request);
  return section(mrkdwn`${sign} ${bold(`${word}:`)} ${headline}.`);
}

export function reasonParts(
  { requester, reason }: Request,
  { isFull = false }: { readonly isFull?: boolean } = {},
): readonly Part[] {
  if (reason.trim() === '') return [];
  const max = isFull ? {} : { max: MAX_REASON_LENGTH };
  return [userText({ label: 'Reason', by: requester, text: reason, ...max })];
}

export function reasonSpoken({ request, change }: About): readonly Markup[] {
  const reason = cut(request.reason, MAX_REASON_LENGTH);
  if (reason.trim() !== '') {
    return [mrkdwn`Reason, in the words of ${mention(request.requester)}: ${reason}`];
  }
  return change.reason === null ? [] : [mrkdwn`No reason was given.`];
}

export function idWords({ id, approval }: Request): Markup {
  return approval === null ? mrkdwn`Request ${id}` : mrkdwn`Request ${id}, rule ${approval.rule}`;
}
