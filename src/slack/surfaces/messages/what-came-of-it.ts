import type { Change } from '../../../changes/change.js';
import { code, type Markup, mention, moment, mrkdwn, sentence } from '../../../markup/markup.js';
import type { Request, Trouble } from '../../../requests/request.js';

const UNCHANGED = mrkdwn`Nothing was changed in Onezone.`;

/** What became of a request that nobody has to decide any more, for the approvers. */
export function whatCameOfIt(request: Request, { words }: Change): readonly Markup[] {
  const kept = request.trouble === null ? [] : [keptWords(request.trouble)];
  switch (request.status) {
    case 'pending':
      return [];
    case 'approved':
      return kept.length === 0 ? [mrkdwn`It is carried out next.`] : kept;
    case 'carrying out':
      return [words.underWay(request), ...kept];
    case 'done':
    case 'failed':
    case 'unclear':
      return [...words.notable(request), ...troubleLines(request)];
    case 'denied':
      return [UNCHANGED];
    case 'withdrawn':
      return [mrkdwn`${mention(request.requester)} withdrew it. ${UNCHANGED}`];
    case 'lapsed':
      return [mrkdwn`Nobody decided in time${byWhen(request)}. ${UNCHANGED}`];
  }
}

const keptWords = ({ why, needsOperator }: Trouble): Markup =>
  needsOperator === true
    ? mrkdwn`${sentence(why, { people: true })} The request is kept, and an operator has been told.`
    : mrkdwn`Onezone is not answering. The request is kept and will be carried out when it is back.`;

export const byWhen = ({ lapsesAt }: Request): Markup =>
  lapsesAt === null ? mrkdwn`` : mrkdwn` (until ${moment(lapsesAt)})`;

/** Why, what next, and the id under which the log and the audit know it. */
export function troubleLines({ trouble }: Request): readonly Markup[] {
  if (trouble === null) return [];
  return [
    sentence(trouble.why, { people: true }),
    mrkdwn`Next: ${sentence(trouble.next, { people: true })}`,
    mrkdwn`Support id: ${code(trouble.supportId)}`,
  ];
}
