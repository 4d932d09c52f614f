import type { KnownBlock } from '@slack/types';
import type { ToTell } from '../../../chat.js';
import type { Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { context, fields, list, section, sections, userText } from '../render/blocks.js';
import { cut } from '../../../markup/cut.js';
import { bold, joined, lines, type Markup, mrkdwn, mention } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { approvalButtons } from './approval-buttons.js';
import { comments, commentWords, decidedWords, lapseWords, needsWords } from './decision-words.js';
import { commonEffect, effectLines } from './effect-lines.js';
import type { Facts } from './facts.js';
import { registerFacts } from './register-facts.js';
import { asking, statusOf } from './request-words.js';
import { whatCameOfIt } from './what-came-of-it.js';
import { warningsOf } from './warnings.js';

const REASON_LENGTH = 1500;

/** The approvers' message. It is edited through the whole life of the request and is always the truth about it. */
export function approval({ request }: ToTell, facts: Facts): Message {
  return request.status === 'pending' ? waiting(request, facts) : decided(request);
}

function waiting(request: Request, facts: Facts): Message {
  const headline = asking(request, 'asks');
  const effect = effectOf(request, facts);
  const warnings = warningsOf(request);
  const unread = request.effect === null ? [unreadWords(request)] : [];
  const needs = [needsWords(request), lapseWords(request)].filter((it) => it !== null);
  return message(
    joined(
      [
        mrkdwn`Waiting for agreement: ${headline}.`,
        ...effect.words,
        ...unread,
        ...warnings,
        reasonWords(request),
        ...needs,
        mrkdwn`Request ${request.id}. Decide on it with the buttons of this message.`,
      ],
      '\n',
    ),
    [
      statusLine(request, headline),
      ...effect.blocks,
      ...unread.map((it) => section(it)),
      ...(warnings.length === 0 ? [] : list(bold('Know this before you agree'), warnings)),
      ...reasonBlocks(request),
      ...comments(request),
      context(joined(needs, ' '), idWords(request)),
      approvalButtons(request),
    ],
  );
}

function decided(request: Request): Message {
  const headline = asking(request, 'asked');
  const came = [...decidedWords(request), ...whatCameOfIt(request)];
  const comment = commentWords(request);
  return message(
    lines([
      mrkdwn`${statusOf(request).word}: ${headline}.`,
      ...came,
      ...(comment === null ? [] : [comment]),
      mrkdwn`Request ${request.id}.`,
    ]),
    [
      statusLine(request, headline),
      ...sections(came),
      ...reasonBlocks(request),
      ...comments(request),
      context(idWords(request)),
    ],
  );
}

function statusLine(request: Request, headline: Markup): KnownBlock {
  const { sign, word } = statusOf(request);
  return section(mrkdwn`${sign} ${bold(`${word}:`)} ${headline}.`);
}

function effectOf(
  request: Request,
  facts: Facts,
): { readonly words: readonly Markup[]; readonly blocks: readonly KnownBlock[] } {
  const title = bold('What approving would do');
  if (request.change === 'register') {
    const pairs = registerFacts(request);
    const words = pairs.map(([name, value]) => mrkdwn`${name}: ${value}`);
    return { words, blocks: [section(title), ...fields(pairs)] };
  }
  const common = commonEffect(request, facts);
  const words = effectLines(request, facts);
  const head = common === null ? title : lines([title, common]);
  return {
    words: [...(common === null ? [] : [common]), ...words],
    blocks: list(head, words),
  };
}

function unreadWords(request: Request): Markup {
  const why =
    request.trouble === null
      ? 'Onezone has not been read for this request yet'
      : 'Onezone is not answering';
  return mrkdwn`${why}, so nobody can say what approving would do. ${bold('Approve')} appears here as soon as it is known.`;
}

function reasonBlocks(request: Request): readonly KnownBlock[] {
  const { reason } = request.ask;
  return reason.trim() === ''
    ? []
    : [userText({ label: 'Reason', by: request.requester, text: reason, max: REASON_LENGTH })];
}

function reasonWords(request: Request): Markup {
  const reason = cut(request.ask.reason, REASON_LENGTH);
  return reason.trim() === ''
    ? mrkdwn`No reason was given.`
    : mrkdwn`Reason, in the words of ${mention(request.requester)}: ${reason}`;
}

function idWords(request: Request): Markup {
  return request.approval === null
    ? mrkdwn`Request ${request.id}`
    : mrkdwn`Request ${request.id}, rule ${request.approval.rule}`;
}
