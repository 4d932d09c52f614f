import { asking, statusOf } from '../../../changes/request-words.js';
import { bold, joined, lines, type Markup, mrkdwn, sentence } from '../../../markup/markup.js';
import { context, type Document, message, section, sections } from '../../../markup/parts.js';
import type { Request } from '../../../requests/request.js';
import type { About } from './about.js';
import { approvalButtons } from './approval-buttons.js';
import { idWords, reasonParts, reasonSpoken, statusLine } from './card-parts.js';
import {
  comments,
  commentsSpoken,
  decidedWords,
  lapseWords,
  needsWords,
} from './decision-words.js';
import { effectParts, effectSpoken, warningParts } from './effect-parts.js';
import { whatCameOfIt } from './what-came-of-it.js';

/** The approvers' message. It is edited through the whole life of the request and is always the truth about it. */
export function approval(about: About): Document {
  return about.request.status === 'pending' ? waiting(about) : decided(about);
}

function waiting(about: About): Document {
  const { request, change, facts } = about;
  const headline = asking(request, change, 'asks');
  const effect = change.words.effect(request, facts, { full: false });
  const warnings = change.words.warnings(request);
  const unread = request.effect === null ? [unreadWords(request)] : [];
  const needs = [needsWords(request), lapseWords(request)].filter((line) => line !== null);
  const spoken = [
    mrkdwn`Waiting for agreement: ${headline}.`,
    ...effectSpoken(effect),
    ...unread,
    ...warnings,
    ...reasonSpoken(about),
    ...commentsSpoken(request),
    ...needs,
    mrkdwn`Request ${request.id}. Decide on it with the buttons of this message.`,
  ];
  return message(lines(spoken), [
    statusLine(request, headline),
    ...effectParts(effect),
    ...unread.map((line) => section(line)),
    ...warningParts(warnings),
    ...reasonParts(request),
    ...comments(request),
    context(joined(needs, ' '), idWords(request)),
    approvalButtons(about),
  ]);
}

function decided({ request, change }: About): Document {
  const headline = asking(request, change, 'asked');
  const came = [...decidedWords(request), ...whatCameOfIt(request, change)];
  const spoken = [
    mrkdwn`${statusOf(request).word}: ${headline}.`,
    ...came,
    ...commentsSpoken(request),
    mrkdwn`Request ${request.id}.`,
  ];
  return message(lines(spoken), [
    statusLine(request, headline),
    sections(came),
    ...reasonParts(request),
    ...comments(request),
    context(idWords(request)),
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
