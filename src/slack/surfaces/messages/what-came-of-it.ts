import type { GrantRequest, Request } from '../../../requests/request.js';
import { bold, code, type Markup, mrkdwn, mention, moment } from '../../../markup/markup.js';
import { activeOf, outcomeLines, progressWords } from './outcome-lines.js';
import { isEnded, plural, untilWords } from './request-words.js';
import { troubleLines } from './trouble-words.js';

/** What became of a request that nobody has to decide any more, for the approvers. */
export function whatCameOfIt(request: Request): readonly Markup[] {
  switch (request.status) {
    case 'pending':
      return [];
    case 'approved':
      return [kept(request)];
    case 'carrying out':
      return request.trouble === null ? [underWay(request)] : [underWay(request), KEPT];
    case 'done':
    case 'failed':
    case 'unclear':
      return settled(request);
    case 'denied':
      return [UNCHANGED];
    case 'withdrawn':
      return [mrkdwn`${mention(request.requester)} withdrew it. ${UNCHANGED}`];
    case 'lapsed':
      return [mrkdwn`Nobody decided in time${byWhen(request)}. ${UNCHANGED}`];
  }
}

const KEPT = mrkdwn`Onezone is not answering. The request is kept and will be carried out when it is back.`;
const UNCHANGED = mrkdwn`Nothing was changed in Onezone.`;

function kept(request: Request): Markup {
  return request.trouble !== null ? KEPT : mrkdwn`It is carried out next.`;
}

function underWay(request: Request): Markup {
  return request.change === 'grant'
    ? mrkdwn`${progressWords(request)}.`
    : mrkdwn`Onezone is being asked to register it.`;
}

function settled(request: Request): readonly Markup[] {
  if (request.change === 'grant') {
    return [
      ...granted(request),
      ...outcomeLines(request),
      ...troubleLines(request),
      ...after(request),
    ];
  }
  const { service } = request;
  return service === null || request.status !== 'done'
    ? troubleLines(request)
    : [
        mrkdwn`Registered as ${bold(service.name)}, read back from Onezone. Its id: ${code(service.id)}`,
      ];
}

function granted(request: GrantRequest): readonly Markup[] {
  const active = activeOf(request).length;
  if (active === 0) return [];
  if (request.people.length === 1) return [mrkdwn`Read back from Onezone:`];
  const people = plural(active, 'person', 'people');
  return [
    mrkdwn`${people} of ${request.people.length} have access ${untilWords(request)}, read back from Onezone.`,
  ];
}

function after(request: GrantRequest): readonly Markup[] {
  return isEnded(request)
    ? [
        mrkdwn`Whoever was a member may have read the registrar password; changing it is the way to be sure.`,
      ]
    : [];
}

const byWhen = (request: Request): Markup =>
  request.lapsesAt === null ? mrkdwn`` : mrkdwn` (until ${moment(request.lapsesAt)})`;
