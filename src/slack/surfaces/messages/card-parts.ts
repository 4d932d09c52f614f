import { statusOf } from '../../../changes/request-words.js';
import { bold, type Markup, mrkdwn } from '../../../markup/markup.js';
import { type Part, section, userText } from '../../../markup/parts.js';
import type { Request } from '../../../requests/request.js';

/** In characters; the rest is behind *Review…*. */
const MAX_REASON_LENGTH = 300;

/** The state in a word, and what it is the state of. */
export function statusLine(request: Request, headline: Markup): Part {
  const { sign, word } = statusOf(request);
  return section(mrkdwn`${sign} ${bold(`${word}:`)} ${headline}.`);
}

/** The requester’s own words, below the line that names them. */
export function reasonParts(
  { requester, reason }: Request,
  { isFull = false }: { readonly isFull?: boolean } = {},
): readonly Part[] {
  if (reason.trim() === '') return [];
  return isFull
    ? [userText({ label: 'Reason', by: requester, text: reason })]
    : [userText({ by: requester, text: reason, max: MAX_REASON_LENGTH })];
}

/** Where the details are that a message leaves out: the request, and the rule of the policy that asked for agreement. */
export function idWords({ id, approval }: Request): Markup {
  return approval === null ? mrkdwn`Request ${id}` : mrkdwn`Request ${id}, rule ${approval.rule}`;
}
