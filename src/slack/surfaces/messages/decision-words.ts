import { rolesWords } from '../../../changes/request-words.js';
import { plural } from '../../../changes/words.js';
import { joined, type Markup, mention, moment, mrkdwn } from '../../../markup/markup.js';
import { type Part, userText } from '../../../markup/parts.js';
import { votesThatCount } from '../../../requests/decide.js';
import type { Decision, Request } from '../../../requests/request.js';

/** The last ones are shown. */
const MAX_COMMENTS = 3;
const MAX_COMMENT_LENGTH = 500;

/** How many agreements it takes, whose, and how far it is. */
export function needsWords(request: Request): Markup {
  const { approval } = request;
  if (approval === null) return mrkdwn`The policy asks for nobody’s agreement to this.`;
  const needs = mrkdwn`Needs ${plural(approval.count, 'agreement')} from ${rolesWords(approval.by)}.`;
  const agreed = votesThatCount(request);
  if (agreed.length === 0) return mrkdwn`${needs} Nobody has agreed yet.`;
  const missing = Math.max(1, approval.count - agreed.length);
  return mrkdwn`${needs} Agreed so far: ${joined(agreed.map(byAndWhen))}; ${missing} more needed.`;
}

/** How far it is, where one agreement is not enough. */
export function votesWords(request: Request): Markup | null {
  const { approval } = request;
  const agreed = votesThatCount(request);
  if (approval === null || (approval.count === 1 && agreed.length === 0)) return null;
  const missing = Math.max(1, approval.count - agreed.length);
  const needs = mrkdwn`Needs ${plural(approval.count, 'agreement')} from ${rolesWords(approval.by)}`;
  return agreed.length === 0
    ? mrkdwn`${needs}.`
    : mrkdwn`${needs}: ${joined(agreed.map(byAndWhen))} agreed; ${missing} more needed.`;
}

/** `Approved by <@U1> (12 March).` Empty while nobody has decided. */
export function decidedWords(request: Request): readonly Markup[] {
  const denial = request.decisions.find((decision) => decision.verdict === 'deny');
  if (denial !== undefined) return [mrkdwn`Denied by ${byAndWhen(denial)}.`];
  if (['withdrawn', 'lapsed'].includes(request.status) || isNobodysToDecide(request)) return [];
  const agreed = votesThatCount(request);
  if (agreed.length > 0) return [mrkdwn`Approved by ${joined(agreed.map(byAndWhen))}.`];
  return request.approval === null ? [mrkdwn`The policy asked for nobody’s agreement.`] : [];
}

/** With what is one's own the policy has nothing to do, so nothing is said of it. */
export const isNobodysToDecide = ({ approval, action }: Request): boolean =>
  approval === null && action === null;

export function lapseWords({ lapsesAt }: Request): Markup | null {
  return lapsesAt === null ? null : mrkdwn`Lapses ${moment(lapsesAt)} if nobody decides.`;
}

/** What approvers wrote, each in a part of its own. */
export function comments(request: Request): readonly Part[] {
  return commented(request).map(({ verdict, by, comment }) =>
    userText({
      label: verdict === 'deny' ? 'Why it was denied' : 'Comment',
      by,
      text: comment,
      max: MAX_COMMENT_LENGTH,
    }),
  );
}

const commented = ({ decisions }: Request): readonly Decision[] =>
  decisions.filter(({ comment }) => comment.trim() !== '').slice(-MAX_COMMENTS);

const byAndWhen = ({ by, at }: Decision): Markup => mrkdwn`${mention(by)} (${moment(at)})`;
