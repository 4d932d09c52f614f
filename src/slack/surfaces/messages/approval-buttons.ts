import { changeWords } from '../../../changes/request-words.js';
import { actionIds, decisionValue } from '../../../markup/actions.js';
import { joined, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { actions, button, type Button, confirmation, type Part } from '../../../markup/parts.js';
import { reviewButton } from '../../../queries/request-buttons.js';
import type { Request } from '../../../requests/request.js';
import type { About } from './about.js';

/** *Approve* is there only when the message shows what it would do. */
export function approvalButtons(about: About): Part {
  const { request } = about;
  const deny = button({
    text: 'Deny',
    says: `Deny request ${request.id}; a reason is asked for`,
    action: actionIds.deny,
    value: decisionValue(request),
    style: 'danger',
  });
  const approve = request.effect === null ? [] : [approveButton(about)];
  return actions(...approve, deny, reviewButton(request));
}

function approveButton(about: About): Button {
  const { request } = about;
  return button({
    text: 'Approve',
    says: `Approve request ${request.id}`,
    action: actionIds.approve,
    value: decisionValue(request),
    style: 'primary',
    confirm: confirmation({
      title: `Approve ${request.id}?`,
      text: consequence(about),
      yes: 'Approve',
      no: 'Not yet',
    }),
  });
}

/** There is room for one warning, and the worst comes first. */
function consequence({ request, change }: About): Markup {
  const agree = mrkdwn`You agree to ${changeWords(request, change)}.`;
  const worst = change.words.warnings(request).slice(0, 1);
  return joined([agree, ...confirming(request), ...worst], ' ');
}

/** Approving makes a link of each e-mail match, so it has to be said before. */
function confirming({ subjects }: Request): readonly Markup[] {
  const proposed = subjects.filter(({ identity }) => identity?.by === 'proposed');
  const [first, second] = proposed;
  if (first === undefined) return [];
  const name = first.identity?.username ?? first.identity?.name ?? '';
  return second === undefined
    ? [mrkdwn`You confirm that ${mention(first.slack)} is ${name} in Onezone.`]
    : [mrkdwn`You confirm ${proposed.length} matches by e-mail.`];
}
