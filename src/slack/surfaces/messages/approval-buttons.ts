import type { ActionsBlock } from '@slack/types';
import type { GrantRequest, Request } from '../../../requests/request.js';
import { actionIds, decisionValue } from '../../ids.js';
import { actions } from '../render/blocks.js';
import { button, confirmation } from '../render/elements.js';
import { joined, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { changeWords } from './request-words.js';
import { PASSWORD_WARNING } from './warnings.js';

/** *Approve* is there only when the message shows what it would do. */
export function approvalButtons(request: Request): ActionsBlock {
  const value = decisionValue(request);
  const approve = button({
    text: 'Approve',
    says: `Approve request ${request.id}`,
    action: actionIds.approve,
    value,
    style: 'primary',
    confirm: confirmation({
      title: `Approve ${request.id}?`,
      text: consequence(request),
      yes: 'Approve',
      no: 'Not yet',
    }),
  });
  const deny = button({
    text: 'Deny',
    says: `Deny request ${request.id}; a reason is asked for`,
    action: actionIds.deny,
    value,
    style: 'danger',
  });
  return actions(...(request.effect === null ? [] : [approve]), deny, reviewButton(request));
}

export function reviewButton(request: Request): ReturnType<typeof button> {
  return button({
    text: 'Review…',
    says: `Review request ${request.id} in full and decide`,
    action: actionIds.review,
    value: decisionValue(request),
  });
}

function consequence(request: Request): Markup {
  const agree = mrkdwn`You agree to ${changeWords(request)}.`;
  if (request.change === 'register') return agree;
  return joined([agree, ...confirming(request), mrkdwn`${PASSWORD_WARNING}`], ' ');
}

/** Approving makes a link of each e-mail match, so it has to be said before. */
function confirming(request: GrantRequest): readonly Markup[] {
  const proposed = request.people.filter((it) => it.identity?.by === 'proposed');
  const [first, second] = proposed;
  if (first === undefined) return [];
  const name = first.identity?.username ?? first.identity?.name ?? '';
  return second === undefined
    ? [mrkdwn`You confirm that ${mention(first.slack)} is ${name} in Onezone.`]
    : [mrkdwn`You confirm ${proposed.length} matches by e-mail.`];
}
