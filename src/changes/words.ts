import { lastMomentOf, type Until } from '../access/until.js';
import {
  bold,
  code,
  day,
  joined,
  type Markup,
  mention,
  moment,
  mrkdwn,
  sentence,
} from '../markup/markup.js';
import { inWords, parseDuration } from '../requests/duration.js';
import { type Level, levelWords } from '../requests/level.js';
import type { Identity, Left, Outcome, Request, Subject } from '../requests/request.js';

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** `<@U1>, <@U2> and 34 others`. */
export function peopleWords(people: readonly string[], max: number): Markup {
  const shown = people.length > max ? people.slice(0, max - 1) : people;
  const more = people.length - shown.length;
  const mentions = shown.map(mention);
  const last = mentions.at(-1);
  if (more > 0) return mrkdwn`${joined(mentions)} and ${more} others`;
  if (last === undefined) return mrkdwn`nobody`;
  return mentions.length === 1 ? last : mrkdwn`${joined(mentions.slice(0, -1))} and ${last}`;
}

export const slackOf = (subjects: readonly Subject[]): readonly string[] => [
  ...new Set(subjects.map(({ slack }) => slack)),
];

export const serviceWords = ({ service }: Pick<Request, 'service'>): Markup =>
  bold(service?.name ?? '');

/** When it ends: the moment once that is known, until then as it was asked for. */
export const untilWords = (end: Date | null, until: Until): Markup =>
  end === null ? askedUntil(until) : mrkdwn`until ${isByHours(until) ? moment(end) : day(end)}`;

/** A last day is counted in UTC, so its reader’s clock says which moment is meant. */
function askedUntil(until: Until): Markup {
  if (until === 'permanent') return mrkdwn`with no end`;
  if ('on' in until) return mrkdwn`until ${moment(lastMomentOf(until.on))}`;
  const ms = parseDuration(until.for);
  return mrkdwn`for ${ms === null ? until.for : inWords(ms)}`;
}

const MIN_MS_WITHOUT_TIME = 3 * 86_400_000;

function isByHours(until: Until): boolean {
  if (until === 'permanent' || 'on' in until) return until !== 'permanent';
  return (parseDuration(until.for) ?? 0) < MIN_MS_WITHOUT_TIME;
}

interface Span {
  readonly since: Date;
  readonly until: Date | null;
}

/** The time of day matters only for what is short. */
const endOfSpan = ({ since }: Span, until: Date): Markup =>
  until.getTime() - since.getTime() < MIN_MS_WITHOUT_TIME ? moment(until) : day(until);

/** `Use until …`, `Maintain with no end`. */
export function claimWords({
  level,
  until,
}: {
  readonly level: Level;
  readonly until: Date | null;
}): Markup {
  const end = until === null ? mrkdwn`with no end` : mrkdwn`until ${moment(until)}`;
  return mrkdwn`${levelWords[level].label} ${end}`;
}

/** `ends 22 Feb`, `no end` */
export const endsWords = (span: Span): Markup =>
  span.until === null ? mrkdwn`no end` : mrkdwn`ends ${endOfSpan(span, span.until)}`;

export const privilegesWords = (privileges: readonly string[]): Markup =>
  privileges.length === 0 ? mrkdwn`no privileges` : joined([...privileges].sort().map(code));

/** `lena.k (Onezone f1c8…, linked)`. How the two identities were matched decides how far to trust it. */
export function identityWords(
  identity: Identity | null,
  options: { readonly full?: boolean } = {},
): Markup {
  if (identity === null) return mrkdwn`Onezone user not known yet`;
  const name = identity.username ?? identity.name;
  const id = options.full === true ? identity.onezone : shortId(identity.onezone);
  return mrkdwn`${name} (Onezone ${code(id)}, ${matchWords(identity)})`;
}

/** `lena.k in Onezone (linked)`: as much as an approver has to know at a glance. */
export function briefIdentity(identity: Identity | null): Markup {
  if (identity === null) return mrkdwn`Onezone user not known yet`;
  return mrkdwn`${identity.username ?? identity.name} in Onezone (${matchWords(identity)})`;
}

/** *Lena Krüger* (`lena.k`, Onezone `f1c8…`): a Onezone user as whom somebody acts. */
export function onezoneWords(
  identity: Pick<Identity, 'onezone' | 'name' | 'username'> | null,
  options: { readonly full?: boolean } = {},
): Markup {
  if (identity === null) return mrkdwn`a Onezone user that is not known yet`;
  const id = options.full === true ? identity.onezone : shortId(identity.onezone);
  const { name, username } = identity;
  const facts = username === null ? [] : [code(username)];
  return mrkdwn`${bold(name)} (${joined([...facts, mrkdwn`Onezone ${code(id)}`])})`;
}

/** `In Onezone: Lena Krüger (lena.k) and 3 others.` Whom access landed on, beside whom it was asked for. */
export function inOnezoneWords(subjects: readonly Subject[], max: number): Markup {
  const users = new Map(
    subjects.flatMap(({ identity }) => (identity === null ? [] : [[identity.onezone, identity]])),
  );
  const shown = [...users.values()].slice(0, max).map(inOnezone);
  const more = users.size - shown.length;
  return more === 0
    ? mrkdwn`In Onezone: ${joined(shown)}.`
    : mrkdwn`In Onezone: ${joined(shown)} and ${more} others.`;
}

export function inOnezone({ name, username }: Pick<Identity, 'name' | 'username'>): Markup {
  return username === null ? mrkdwn`${name}` : mrkdwn`${name} (${username})`;
}

function matchWords({ by }: Identity): string {
  switch (by) {
    case 'linked':
      return 'linked';
    case 'trusted':
      return 'same e-mail address, which the policy trusts';
    case 'proposed':
      return 'same e-mail address, not confirmed yet';
  }
}

const shortId = (id: string): string => (id.length <= 12 ? id : `${id.slice(0, 8)}…`);

/** What somebody still has after something ended, for those who only look on. */
export function leftWords(left: Left): string {
  switch (left) {
    case 'nothing':
      return 'nothing of it is left';
    case 'what was there before':
      return 'what was there before this grant is still there';
    case 'what others gave':
      return 'what somebody else gave meanwhile is still there';
    case 'access through a group':
      return 'there is still access through a group in Onezone, which this desk did not give and cannot take away';
    case 'access by another request':
      return 'another request still gives access';
  }
}

/** The same to the person themselves. */
export function leftForYou(left: Left, has: readonly string[] | null = null): Markup {
  switch (left) {
    case 'nothing':
      return mrkdwn`Nothing of it is left.`;
    case 'what was there before':
      return has === null
        ? mrkdwn`What was there before is still there.`
        : mrkdwn`What was there before is still there: ${privilegesWords(has)}.`;
    case 'what others gave':
      return mrkdwn`Somebody else gave more meanwhile; that is still there.`;
    case 'access by another request':
      return mrkdwn`Another request still gives this access.`;
    case 'access through a group':
      return mrkdwn`There is still access through a group in Onezone. This desk did not give it and cannot take it away; a zone administrator can.`;
  }
}

/** Of many people only those of whom there is something to say are named. */
const MAX_DETAILED = 8;
const MAX_NOTABLE = 16;

/** Of those only for whom it did not simply go well. */
export function notableLines({ subjects }: Pick<Request, 'subjects'>): readonly Markup[] {
  const notable = subjects.filter(({ outcome }) => isNotable(outcome));
  return outcomeLines({ subjects: notable }, () => mrkdwn``);
}

export function outcomeLines(
  { subjects }: Pick<Request, 'subjects'>,
  doneWords: (subject: Subject, outcome: Extract<Outcome, { kind: 'done' }>) => Markup,
): readonly Markup[] {
  const line = (subject: Subject): Markup => outcomeLine(subject, doneWords);
  if (subjects.length <= MAX_DETAILED) return subjects.map(line);
  const notable = subjects.filter(({ outcome }) => isNotable(outcome));
  const shown = notable.slice(0, MAX_NOTABLE).map(line);
  const more = notable.length - shown.length;
  return more === 0 ? shown : [...shown, mrkdwn`and ${plural(more, 'more person', 'more people')}`];
}

function outcomeLine(
  subject: Subject,
  doneWords: (subject: Subject, outcome: Extract<Outcome, { kind: 'done' }>) => Markup,
): Markup {
  const who = mention(subject.slack);
  const { outcome } = subject;
  switch (outcome.kind) {
    case 'waiting':
      return mrkdwn`${who}: not yet`;
    case 'done':
      return mrkdwn`${who}: ${doneWords(subject, outcome)}`;
    case 'failed':
      return mrkdwn`${who}: failed. ${sentence(outcome.why, { people: true })} ${sentence(outcome.next, { people: true })}`;
    case 'unclear':
      return mrkdwn`${who}: unclear. Onezone shows: ${sentence(outcome.saw)}`;
    case 'ending':
      return mrkdwn`${who}: access is being taken back`;
    case 'ended':
      return mrkdwn`${who}: ended ${moment(outcome.at)}${lateWords(outcome)}; ${leftWords(outcome.left)}`;
  }
}

function isNotable(outcome: Outcome): boolean {
  if (outcome.kind === 'ended') return outcome.left !== 'nothing';
  return outcome.kind === 'failed' || outcome.kind === 'unclear';
}

const LATE_MS = 10 * 60_000;

/** An end that an outage delayed says so. */
export function lateWords({ at, due = null }: Extract<Outcome, { kind: 'ended' }>): Markup {
  const delayMs = due === null ? 0 : at.getTime() - due.getTime();
  if (delayMs < LATE_MS) return mrkdwn``;
  return mrkdwn`, ${inWords(roundedMs(delayMs))} late because Onezone or the desk was away`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** In the largest unit that says something: nobody cares for the minutes of a day. */
function roundedMs(ms: number): number {
  const unitMs = [DAY_MS, HOUR_MS].find((unit) => ms >= unit) ?? 60_000;
  return Math.round(ms / unitMs) * unitMs;
}

/** `31 of 50 done (2 failed, 1 unclear).` */
export function progressWords({ subjects }: Pick<Request, 'subjects'>): Markup {
  const count = (kind: Outcome['kind']): number =>
    subjects.filter(({ outcome }) => outcome.kind === kind).length;
  const settled = subjects.length - count('waiting');
  const problems = [
    [count('failed'), 'failed'],
    [count('unclear'), 'unclear'],
  ] as const;
  const said = problems
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${String(many)} ${word}`)
    .join(', ');
  return said === ''
    ? mrkdwn`${settled} of ${subjects.length} done.`
    : mrkdwn`${settled} of ${subjects.length} done (${said}).`;
}
