import type { ModalView } from '@slack/types';
import type { Change } from '../../changes/change.js';
import { asking } from '../../changes/request-words.js';
import type { Changes } from '../../changes/table.js';
import { bold, joined, type Markup, mrkdwn, sentence } from '../../markup/markup.js';
import { context, list, type Part, section, sections } from '../../markup/parts.js';
import { requestLine } from '../../queries/request-line.js';
import type { Request } from '../../requests/request.js';
import { callbackIds, inputs } from '../ids.js';
import {
  choicesOf,
  commentInput,
  decisionInputs,
  type Filled,
  type Review,
} from './decision-inputs.js';
import { noticeAbove } from './forms/said.js';
import type { About } from './messages/about.js';
import { idWords, reasonParts, statusLine } from './messages/card-parts.js';
import { comments, decidedWords, lapseWords, needsWords } from './messages/decision-words.js';
import { effectParts, warningParts } from './messages/effect-parts.js';
import type { MessageContext } from './messages/index.js';
import { troubleLines, whatCameOfIt } from './messages/what-came-of-it.js';
import { drawParts } from './render/draw-parts.js';
import { input } from './render/inputs.js';
import { modal } from './render/whole.js';

export type { Filled, Review } from './decision-inputs.js';

/** Everything an approver needs on one screen, and the decision with it. */
export function approvalModal(
  review: Review,
  { facts, changes }: MessageContext,
  filled?: Filled,
): ModalView {
  const { request } = review;
  const about = { request, change: changes.of(request), facts };
  const choices = choicesOf(review);
  const canDecide = request.status === 'pending' && choices.length > 0;
  return modal({
    callback: callbackIds.review,
    title: canDecide ? 'Review request' : 'Request',
    close: canDecide ? 'Not yet' : 'Close',
    ...(canDecide ? { submit: 'Decide' } : {}),
    metadata: JSON.stringify({ request: request.id, effect: request.effect }),
    blocks: [
      ...noticeAbove(filled?.notice),
      ...drawParts([...aboutParts(about), past(review.history, changes)]),
      ...(canDecide ? decisionInputs(choices, filled) : []),
      ...drawParts(why(review)),
    ],
  });
}

/** Asks for the reason of a denial that was begun with *Deny*. */
export function denyModal(request: Request, change: Change, filled?: Filled): ModalView {
  return modal({
    callback: callbackIds.denyReason,
    title: 'Deny',
    submit: 'Deny',
    close: 'Not yet',
    metadata: JSON.stringify({ request: request.id, effect: request.effect }),
    blocks: [
      ...noticeAbove(filled?.notice),
      ...drawParts([section(mrkdwn`${asking(request, change, 'asks')}.`)]),
      input({
        block: inputs.comment.block,
        label: 'Why not?',
        hint: 'The requester reads this.',
        element: commentInput('What would have to be different?', filled),
      }),
    ],
  });
}

const MAX_HISTORY = 10;

function aboutParts(about: About): readonly Part[] {
  const { request, change } = about;
  const isOpen = request.status === 'pending';
  return [
    statusLine(request, asking(request, change, isOpen ? 'asks' : 'asked')),
    ...(isOpen ? whatItWouldDo(about) : [sections([...decidedWords(request), ...inFull(about)])]),
    ...reasonParts(request, { isFull: true }),
    ...comments(request),
    ...standing(request),
  ];
}

/** What was read back, where the message is content with who can do what. */
function inFull({ request, change }: About): readonly Markup[] {
  return ['done', 'failed', 'unclear'].includes(request.status)
    ? [...change.words.result(request), ...troubleLines(request)]
    : whatCameOfIt(request, change);
}

function whatItWouldDo({ request, change, facts }: About): readonly Part[] {
  const { effect, warnings } = change.words;
  return [...effectParts(effect(request, facts)), ...warningParts(warnings(request))];
}

/** How far it is, and under which rule. */
function standing(request: Request): readonly Part[] {
  if (request.status !== 'pending') return [context(idWords(request))];
  const words = [needsWords(request), lapseWords(request)].filter((line) => line !== null);
  return [context(joined(words, ' '), idWords(request))];
}

function past(history: readonly Request[], changes: Changes): Part {
  const events = history
    .slice(0, MAX_HISTORY)
    .map((request) => requestLine(request, changes.of(request)));
  return list(
    bold('What happened before'),
    events.length === 0 ? [mrkdwn`Nothing with these people and this service.`] : events,
  );
}

/** Why one cannot approve, or decide at all. */
function why({ request, refused }: Review): readonly Part[] {
  if (request.status !== 'pending') return [];
  if (refused.approve !== null) {
    return [
      section(mrkdwn`${sentence(refused.approve.message)} ${sentence(refused.approve.next)}`),
    ];
  }
  return request.effect === null
    ? [
        section(
          mrkdwn`It cannot be approved yet: Onezone has not been read, so nobody can say what approving would do.`,
        ),
      ]
    : [];
}
