import type { Beneficiary, GrantRequest, Outcome } from '../../../requests/request.js';
import { type Markup, mrkdwn, mention, moment, sentence } from '../../../markup/markup.js';
import { privilegesWords } from './effect-lines.js';
import { plural } from './request-words.js';

const DETAILED = 8;
const PROBLEMS = 16;

/** What came of it, person by person; of many people only those with whom something is wrong. */
export function outcomeLines(request: GrantRequest): readonly Markup[] {
  const { people } = request;
  if (people.length <= DETAILED) return people.map((it) => outcomeLine(it, request));
  const notable = people.filter((it) => isNotable(it.outcome));
  const shown = notable.slice(0, PROBLEMS).map((it) => outcomeLine(it, request));
  const more = notable.length - shown.length;
  return more === 0 ? shown : [...shown, mrkdwn`and ${plural(more, 'more person', 'more people')}`];
}

/** `31 of 50 done (2 failed, 1 unclear)`. */
export function progressWords(request: GrantRequest): Markup {
  const { people } = request;
  const settled = people.filter((it) => it.outcome.kind !== 'waiting').length;
  const problems = problemWords(people);
  return problems === ''
    ? mrkdwn`${settled} of ${people.length} done`
    : mrkdwn`${settled} of ${people.length} done (${problems})`;
}

/** How many have the access now. */
export const activeOf = (request: GrantRequest): readonly Beneficiary[] =>
  request.people.filter((it) => it.outcome.kind === 'active');

/** Why someone still has access, or that nobody has. */
function leftWords(left: Extract<Outcome, { kind: 'ended' }>['left']): string {
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

function outcomeLine(person: Beneficiary, request: GrantRequest): Markup {
  const who = mention(person.slack);
  const { outcome } = person;
  switch (outcome.kind) {
    case 'waiting':
      return mrkdwn`${who}: not yet`;
    case 'active':
      return activeLine(person, outcome, request);
    case 'failed':
      return mrkdwn`${who}: failed. ${sentence(outcome.why, { people: true })} ${sentence(outcome.next, { people: true })}`;
    case 'unclear':
      return mrkdwn`${who}: unclear. Onezone shows: ${sentence(outcome.saw)}`;
    case 'ending':
      return mrkdwn`${who}: access is being taken back`;
    case 'ended':
      return mrkdwn`${who}: ended ${moment(outcome.at)}; ${leftWords(outcome.left)}`;
  }
}

function activeLine(
  person: Beneficiary,
  outcome: Extract<Outcome, { kind: 'active' }>,
  request: GrantRequest,
): Markup {
  const { membership, privileges } = outcome.receipt;
  const who = mention(person.slack);
  const has = mrkdwn`member with ${privilegesWords(outcome.has)}`;
  if (!membership && privileges.length === 0) {
    return mrkdwn`${who}: ${has}; had all of it before, nothing was added`;
  }
  return request.end === null
    ? mrkdwn`${who}: ${has}, with no end`
    : mrkdwn`${who}: ${has} until ${moment(request.end)}`;
}

function problemWords(people: readonly Beneficiary[]): string {
  const count = (kind: Outcome['kind']): number =>
    people.filter((it) => it.outcome.kind === kind).length;
  const parts = [
    [count('failed'), 'failed'],
    [count('unclear'), 'unclear'],
  ] as const;
  return parts
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`)
    .join(', ');
}

function isNotable(outcome: Outcome): boolean {
  if (outcome.kind === 'ended') return outcome.left !== 'nothing';
  return outcome.kind === 'failed' || outcome.kind === 'unclear';
}
