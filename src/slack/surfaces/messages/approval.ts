import { asking, isEnded, statusOf } from '../../../changes/request-words.js';
import { andWhoApproved } from '../../../changes/who-approved.js';
import { bold, type Markup, mrkdwn, sentence } from '../../../markup/markup.js';
import {
  actions,
  context,
  type Document,
  message,
  section,
  sections,
} from '../../../markup/parts.js';
import { detailsButton } from '../../../queries/request-buttons.js';
import type { Request } from '../../../requests/request.js';
import type { About } from './about.js';
import { approvalButtons } from './approval-buttons.js';
import { reasonParts, statusLine } from './card-parts.js';
import { comments, decidedWords, votesWords } from './decision-words.js';
import { warningParts } from './effect-parts.js';
import { whatCameOfIt } from './what-came-of-it.js';

/**
 * The approvers' message: as much as it takes to decide, everything else is in *Review…*. It is edited through the whole life of the
 * request and is always the truth about it.
 */
export function approval(about: About): Document {
  const { status } = about.request;
  if (status === 'pending') return waiting(about);
  return status === 'done' ? done(about) : decided(about);
}

function waiting(about: About): Document {
  const { request, change, facts } = about;
  const headline = asking(request, change, 'asks');
  const brief = change.words.brief(request, facts);
  const unread = request.effect === null ? [unreadWords(request)] : [];
  const votes = votesWords(request);
  return message(mrkdwn`Waiting for agreement: ${headline}`, [
    section(mrkdwn`⏳ ${headline}`),
    ...reasonParts(request),
    sections([...brief, ...unread]),
    ...warningParts(change.words.warnings(request)),
    ...comments(request),
    ...(votes === null ? [] : [context(votes)]),
    approvalButtons(about),
  ]);
}

/** What is so now, and who approved it. */
function done({ request, change }: About): Document {
  const { sign } = statusOf(request);
  const after = change.words.after(request);
  const is = isEnded(request) ? after : mrkdwn`${after}${andWhoApproved(request)}`;
  return message(is, [
    section(mrkdwn`${sign} ${is}`),
    sections(change.words.notable(request)),
    ...comments(request),
    actions(detailsButton(request)),
  ]);
}

function decided({ request, change }: About): Document {
  const headline = asking(request, change, 'asked');
  return message(mrkdwn`${statusOf(request).word}: ${headline}`, [
    statusLine(request, headline),
    sections([...decidedWords(request), ...whatCameOfIt(request, change)]),
    ...comments(request),
    actions(detailsButton(request)),
  ]);
}

function unreadWords({ trouble }: Request): Markup {
  if (trouble?.needsOperator === true) {
    return mrkdwn`${sentence(trouble.why, { people: true })} Nobody can say what approving would do; an operator has been told. ${bold('Approve')} appears here as soon as it is known.`;
  }
  const why =
    trouble === null
      ? 'Onezone has not been read for this request yet'
      : 'Onezone is not answering';
  return mrkdwn`${why}, so nobody can say what approving would do. ${bold('Approve')} appears here as soon as it is known.`;
}
