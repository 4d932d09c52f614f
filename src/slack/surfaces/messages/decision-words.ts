import type { KnownBlock } from '@slack/types';
import { votesThatCount } from '../../../requests/decide.js';
import type { Decision, Request } from '../../../requests/request.js';
import { userText } from '../render/blocks.js';
import { joined, type Markup, mrkdwn, mention, moment } from '../../../markup/markup.js';
import { plural, rolesWords } from './request-words.js';

const COMMENTS = 3;
const COMMENT_LENGTH = 500;

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

/** `Approved by <@U1> (12 March).` Empty while nobody has decided. */
export function decidedWords(request: Request): readonly Markup[] {
  const denial = request.decisions.find((it) => it.verdict === 'deny');
  if (denial !== undefined) return [mrkdwn`Denied by ${byAndWhen(denial)}.`];
  if (['withdrawn', 'lapsed'].includes(request.status)) return [];
  const agreed = votesThatCount(request);
  if (agreed.length > 0) return [mrkdwn`Approved by ${joined(agreed.map(byAndWhen))}.`];
  return request.approval === null ? [mrkdwn`The policy asked for nobody’s agreement.`] : [];
}

export function lapseWords(request: Request): Markup | null {
  return request.lapsesAt === null
    ? null
    : mrkdwn`Lapses ${moment(request.lapsesAt)} if nobody decides.`;
}

/** What approvers wrote, each in a block of its own. */
export function comments(request: Request): readonly KnownBlock[] {
  return request.decisions
    .filter((it) => it.comment.trim() !== '')
    .slice(-COMMENTS)
    .map((it) =>
      userText({
        label: it.verdict === 'deny' ? 'Why it was denied' : 'Comment',
        by: it.by,
        text: it.comment,
        max: COMMENT_LENGTH,
      }),
    );
}

export function commentWords(request: Request): Markup | null {
  const denial = request.decisions.find((it) => it.verdict === 'deny');
  return denial === undefined || denial.comment.trim() === ''
    ? null
    : mrkdwn`Why, in the words of ${mention(denial.by)}: ${denial.comment}`;
}

const byAndWhen = (decision: Decision): Markup =>
  mrkdwn`${mention(decision.by)} (${moment(decision.at)})`;
