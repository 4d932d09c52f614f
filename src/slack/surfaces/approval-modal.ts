import type { KnownBlock, ModalView } from '@slack/types';
import type { Refusal } from '../../errors.js';
import type { Request } from '../../requests/request.js';
import { requestLine } from './answers/request-line.js';
import { noticeAbove } from './forms/said.js';
import { callbackIds, inputs } from '../ids.js';
import { comments, decidedWords, lapseWords, needsWords } from './messages/decision-words.js';
import { allEffectLines } from './messages/effect-lines.js';
import type { Facts } from './messages/facts.js';
import { registerFacts } from './messages/register-facts.js';
import { asking, statusOf } from './messages/request-words.js';
import { warningsOf } from './messages/warnings.js';
import { whatCameOfIt } from './messages/what-came-of-it.js';
import { context, fields, input, list, section, sections, userText } from './render/blocks.js';
import { option, radioButtons, textInput } from './render/elements.js';
import { bold, joined, mrkdwn, sentence } from '../../markup/markup.js';
import { modal } from './render/whole.js';

export interface Review {
  readonly request: Request;
  /** Earlier requests about these people and this service, newest first. */
  readonly history: readonly Request[];
  /** What `decide` says to this person: null where they may. What they may not is not offered. */
  readonly refused: { readonly approve: Refusal | null; readonly deny: Refusal | null };
}

/** What somebody had chosen and written when it could not be taken. */
export interface Draft {
  readonly verdict: 'approve' | 'deny';
  readonly comment: string;
}

/** A form that is drawn once more, and why. */
export type Filled = Draft & { readonly notice: string };

/** Everything an approver needs on one screen, and the decision with it. */
export function approvalModal(review: Review, facts: Facts, filled?: Filled): ModalView {
  const { request } = review;
  const choices = choicesOf(review);
  const canDecide = request.status === 'pending' && choices.length > 0;
  return modal({
    callback: callbackIds.review,
    title: request.id,
    close: canDecide ? 'Not yet' : 'Close',
    ...(canDecide ? { submit: 'Decide' } : {}),
    metadata: JSON.stringify({ request: request.id, effect: request.effect }),
    blocks: [
      ...noticeAbove(filled?.notice),
      ...about(request, facts),
      ...past(review.history),
      ...(canDecide ? decisionInputs(choices, filled) : []),
      ...why(review),
    ],
  });
}

/** Asks for the reason of a denial that was begun with *Deny*. */
export function denyModal(request: Request, filled?: Filled): ModalView {
  return modal({
    callback: callbackIds.denyReason,
    title: 'Deny',
    submit: 'Deny',
    close: 'Not yet',
    metadata: JSON.stringify({ request: request.id, effect: request.effect }),
    blocks: [
      ...noticeAbove(filled?.notice),
      section(mrkdwn`${asking(request, 'asks')}.`),
      input({
        block: inputs.comment.block,
        label: 'Why not?',
        hint: 'The requester reads this.',
        element: commentInput('What would have to be different?', filled),
      }),
      context(mrkdwn`Request ${request.id}`),
    ],
  });
}

/** As much as every message shows of it. */
const COMMENT = 500;
const HISTORY = 10;

function about(request: Request, facts: Facts): readonly KnownBlock[] {
  const { sign, word } = statusOf(request);
  const isOpen = request.status === 'pending';
  const headline = asking(request, isOpen ? 'asks' : 'asked');
  const { reason } = request.ask;
  const warnings = isOpen ? warningsOf(request) : [];
  return [
    section(mrkdwn`${sign} ${bold(`${word}:`)} ${headline}.`),
    ...effectBlocks(request, facts),
    ...(warnings.length === 0 ? [] : list(bold('Know this before you agree'), warnings)),
    ...(reason.trim() === ''
      ? []
      : [userText({ label: 'Reason', by: request.requester, text: reason })]),
    ...comments(request),
    ...standing(request),
  ];
}

function effectBlocks(request: Request, facts: Facts): readonly KnownBlock[] {
  if (request.status !== 'pending') {
    return sections([...decidedWords(request), ...whatCameOfIt(request)]);
  }
  const title = bold('What approving would do');
  return request.change === 'register'
    ? [section(title), ...fields(registerFacts(request))]
    : list(title, allEffectLines(request, facts));
}

function standing(request: Request): readonly KnownBlock[] {
  if (request.status !== 'pending') return [];
  const words = [needsWords(request), lapseWords(request)].filter((it) => it !== null);
  return [context(joined(words, ' '))];
}

function past(history: readonly Request[]): readonly KnownBlock[] {
  const events = history.slice(0, HISTORY).map(requestLine);
  return list(
    bold('What happened before'),
    events.length === 0 ? [mrkdwn`Nothing with these people and this service.`] : events,
  );
}

function choicesOf({ request, refused }: Review): ReturnType<typeof option>[] {
  const approve = option({
    text: 'Approve',
    value: 'approve',
    description: 'Do what stands above under “What approving would do”.',
  });
  const deny = option({ text: 'Deny', value: 'deny', description: 'Nothing is changed.' });
  return [
    ...(refused.approve === null && request.effect !== null ? [approve] : []),
    ...(refused.deny === null ? [deny] : []),
  ];
}

function decisionInputs(
  choices: ReturnType<typeof option>[],
  filled: Filled | undefined,
): readonly KnownBlock[] {
  const chosen = choices.find((it) => it.value === filled?.verdict);
  return [
    input({
      block: inputs.verdict.block,
      label: 'Your decision',
      element: {
        ...radioButtons(inputs.verdict.action, choices),
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      },
    }),
    input({
      block: inputs.comment.block,
      label: 'Comment',
      hint: 'Needed to deny: the requester reads why. When you approve you may leave it out.',
      optional: true,
      element: commentInput('What the requester should know', filled),
    }),
  ];
}

function commentInput(
  placeholder: string,
  filled: Filled | undefined,
): ReturnType<typeof textInput> {
  const empty = textInput(inputs.comment.action, { placeholder, max: COMMENT });
  const { comment = '' } = filled ?? {};
  return comment === '' ? empty : { ...empty, initial_value: comment };
}

/** Why one cannot approve, or decide at all. */
function why({ request, refused }: Review): readonly KnownBlock[] {
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
