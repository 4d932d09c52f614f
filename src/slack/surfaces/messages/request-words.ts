import { votesThatCount } from '../../../requests/decide.js';
import { inWords, parseDuration } from '../../../requests/duration.js';
import type { GrantAsk } from '../../../requests/grant-ask.js';
import type { GrantRequest, RegisterRequest, Request, Status } from '../../../requests/request.js';
import { bold, joined, type Markup, mrkdwn, mention, moment } from '../../../markup/markup.js';

/** One word or two for each state. The sign is only beside the word, never instead of it. */
const STATUS: Readonly<Record<Status | 'ended', { readonly sign: string; readonly word: string }>> =
  {
    pending: { sign: '⏳', word: 'Waiting for agreement' },
    approved: { sign: '👍', word: 'Approved' },
    'carrying out': { sign: '⚙️', word: 'Being carried out' },
    done: { sign: '✅', word: 'Done' },
    failed: { sign: '❌', word: 'Failed' },
    unclear: { sign: '❓', word: 'Unclear' },
    denied: { sign: '⛔', word: 'Denied' },
    withdrawn: { sign: '↩️', word: 'Withdrawn' },
    lapsed: { sign: '⌛', word: 'Lapsed' },
    ended: { sign: '🏁', word: 'Ended' },
  };

export function statusOf(request: Request): { readonly sign: string; readonly word: string } {
  return STATUS[isEnded(request) ? 'ended' : request.status];
}

/** Nobody has anything left of this grant. */
export function isEnded(request: Request): boolean {
  if (request.change !== 'grant' || request.status === 'failed') return false;
  const ended = request.people.some((it) => it.outcome.kind === 'ended');
  return ended && request.people.every((it) => ['ended', 'failed'].includes(it.outcome.kind));
}

/** `<@U1> asks to let <@U2> use *DataCite* for 90 days`: who, what, for whom, how long. */
export function asking(request: Request, verb: 'asks' | 'asked'): Markup {
  return mrkdwn`${mention(request.requester)} ${verb} to ${asWished(request)}`;
}

/** The same to the one who asked. */
export function youAsked(request: Request): Markup {
  return mrkdwn`you asked to ${asWished(request)}`;
}

/** The change itself, as something to agree to: `let <@U2> use *DataCite* for 90 days`. */
export function changeWords(request: Request): Markup {
  return request.change === 'grant'
    ? mrkdwn`let ${peopleOf(request, 4)} ${access(request)}`
    : registering(request);
}

/** `<@U2> can now use *DataCite* until …`, of those who have it. */
export function canNow(request: GrantRequest, people: readonly string[], named: number): Markup {
  return mrkdwn`${peopleWords(people, named)} can now ${access(request)}`;
}

/** `use *DataCite* for 90 days` */
export function access(request: GrantRequest): Markup {
  return mrkdwn`${request.ask.level} ${bold(request.service.name)} ${untilWords(request)}`;
}

function asWished(request: Request): Markup {
  if (request.change === 'register') return registering(request);
  const [first] = request.people;
  const isOwn = request.people.length === 1 && first?.slack === request.requester;
  return isOwn ? access(request) : changeWords(request);
}

export function serviceName(request: Request): string {
  return request.change === 'grant'
    ? request.service.name
    : (request.service?.name ?? request.ask.name);
}

/** When it ends: the moment once that is known, until then as it was asked for. */
export function untilWords(request: Pick<GrantRequest, 'end' | 'ask'>): Markup {
  return request.end === null
    ? askedUntil(request.ask.until)
    : mrkdwn`until ${moment(request.end)}`;
}

function askedUntil(until: GrantAsk['until']): Markup {
  if (until === 'permanent') return mrkdwn`with no end`;
  if ('on' in until) return mrkdwn`until the end of ${until.on} (UTC)`;
  const ms = parseDuration(until.for);
  return mrkdwn`for ${ms === null ? until.for : inWords(ms)}`;
}

/** `<@U1>, <@U2> and 34 others`. */
function peopleWords(people: readonly string[], max: number): Markup {
  const shown = people.length > max ? people.slice(0, max - 1) : people;
  const more = people.length - shown.length;
  const mentions = shown.map(mention);
  const last = mentions.at(-1);
  if (more > 0) return mrkdwn`${joined(mentions)} and ${more} others`;
  if (last === undefined) return mrkdwn`nobody`;
  return mentions.length === 1 ? last : mrkdwn`${joined(mentions.slice(0, -1))} and ${last}`;
}

function peopleOf(request: GrantRequest, max: number): Markup {
  return peopleWords(
    request.people.map((it) => it.slack),
    max,
  );
}

/** `Agreed: <@U1>.`, or the reason why nobody had to. */
export function agreedBy(request: Request): Markup {
  const who = votesThatCount(request).map((it) => it.by);
  return who.length === 0
    ? mrkdwn`The policy asks for nobody’s agreement to this.`
    : mrkdwn`${peopleWords(who, 6)} agreed.`;
}

/** Roles as the policy names them. */
export const rolesWords = (roles: readonly string[]): string => roles.join(' or ') || 'nobody';

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

function registering(request: RegisterRequest): Markup {
  return mrkdwn`register the ${request.ask.registrar} handle service ${bold(request.ask.name)}`;
}
