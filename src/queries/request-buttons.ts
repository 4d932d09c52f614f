import { actionIds, decisionValue } from '../markup/actions.js';
import { mrkdwn } from '../markup/markup.js';
import { type Button, button, confirmation } from '../markup/parts.js';
import type { Request } from '../requests/request.js';

export function reviewButton(request: Request): Button {
  return button({
    text: 'Review…',
    says: `Review request ${request.id} in full and decide`,
    action: actionIds.review,
    value: decisionValue(request),
  });
}

/** The same of a request that nobody has to decide any more. */
export const detailsButton = (request: Request): Button =>
  button({
    text: 'Details',
    says: `Details of request ${request.id}`,
    action: actionIds.review,
    value: decisionValue(request),
  });

/** Of one's own requests only those that still wait can be withdrawn. */
export function myButton(request: Request): Button | undefined {
  return request.status === 'pending' ? withdrawButton(request) : undefined;
}

function withdrawButton(request: Request): Button {
  return button({
    text: 'Withdraw',
    says: `Withdraw request ${request.id}`,
    action: actionIds.withdraw,
    value: request.id,
    confirm: confirmation({
      title: `Withdraw ${request.id}?`,
      text: mrkdwn`Nobody will be asked any more. You can ask again later.`,
      yes: 'Withdraw',
      no: 'Keep it',
    }),
  });
}
