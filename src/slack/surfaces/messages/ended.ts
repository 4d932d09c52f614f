import type { ToTell } from '../../../chat.js';
import type { GrantRequest } from '../../../requests/request.js';
import { actionIds } from '../../ids.js';
import type { Message } from '../render/message.js';
import { actions, context, section } from '../render/blocks.js';
import { button } from '../render/elements.js';
import { bold, lines, type Markup, mrkdwn, mention } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { privilegesWords } from './effect-lines.js';

/** The time is up: what is gone, what is left, and how to get it again. */
export function ended(telling: ToTell & { request: GrantRequest }): Message {
  const { request, person } = telling;
  const whose =
    person === null || person === telling.to
      ? mrkdwn`Your access`
      : mrkdwn`The access of ${mention(person)}`;
  const to = mrkdwn`${whose} to ${bold(request.service.name)}`;
  const what = isOnlyOneOfTwo(request, person ?? telling.to)
    ? mrkdwn`${to} by ${request.id} has ended.`
    : mrkdwn`${to} has ended.`;
  const left = leftFor(request, person ?? telling.to);
  const again = button({
    text: 'Request access again',
    says: `Request access to ${request.service.name} again`,
    action: actionIds.openGrant,
    value: request.service.id,
  });
  return message(lines([what, left, mrkdwn`Needed again? Ask with /handle request.`]), [
    section(mrkdwn`🏁 ${what} ${left}`),
    context(mrkdwn`Request ${request.id}`),
    actions(again),
  ]);
}

function isOnlyOneOfTwo(request: GrantRequest, person: string): boolean {
  const outcome = request.people.find((it) => it.slack === person)?.outcome;
  return outcome?.kind === 'ended' && outcome.left === 'access by another request';
}

function leftFor(request: GrantRequest, person: string): Markup {
  const beneficiary = request.people.find((it) => it.slack === person);
  if (beneficiary?.outcome.kind !== 'ended') return mrkdwn``;
  switch (beneficiary.outcome.left) {
    case 'nothing':
      return mrkdwn`Nothing of it is left.`;
    case 'what was there before':
      return mrkdwn`What was there before is still there: ${privilegesWords(beneficiary.before ?? [])}.`;
    case 'what others gave':
      return mrkdwn`Somebody else gave more meanwhile; that is still there.`;
    case 'access by another request':
      return mrkdwn`Another request still gives this access.`;
    case 'access through a group':
      return mrkdwn`There is still access through a group in Onezone. This desk did not give it and cannot take it away; a zone administrator can.`;
  }
}
