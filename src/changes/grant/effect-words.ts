import { bold, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import type { Subject } from '../../requests/request.js';
import type { Effect } from '../change.js';
import type { Facts } from '../facts.js';
import { briefIdentity, identityWords, plural, privilegesWords, untilWords } from '../words.js';
import type { GrantRequest } from './ask.js';

const MAX_BRIEF = 10;

/** Who each is in Onezone and whether they are a member already; what is the same for many is said once. */
export function grantBrief(request: GrantRequest, facts: Facts): readonly Markup[] {
  const { subjects } = request;
  const [first] = subjects;
  if (first !== undefined && subjects.length === 1) {
    return [mrkdwn`${briefLine(first)} · ${becomes(first, request, facts)}`];
  }
  const isNew = ({ before }: Subject): boolean => before === null;
  const news = subjects.filter(isNew).length;
  const common =
    news === subjects.length
      ? mrkdwn`${plural(news, 'person', 'people')}, none of them a member yet:`
      : mrkdwn`${plural(subjects.length, 'person', 'people')}, new members unless something else is said:`;
  const shown = subjects.slice(0, MAX_BRIEF).map((subject) => {
    const who = mrkdwn`• ${briefLine(subject)}`;
    return isNew(subject) ? who : mrkdwn`${who} · ${becomes(subject, request, facts)}`;
  });
  const more = subjects.length - shown.length;
  return [
    common,
    ...shown,
    ...(more === 0 ? [] : [mrkdwn`and ${more} more: see ${bold('Review…')}`]),
  ];
}

const briefLine = ({ slack, identity }: Subject): Markup =>
  mrkdwn`${mention(slack)}: ${briefIdentity(identity)}`;

function becomes({ before }: Subject, { ask }: GrantRequest, facts: Facts): Markup {
  if (before === undefined) return mrkdwn`what they have now is not read yet`;
  if (before === null) return mrkdwn`new member`;
  const adds = facts.privileges(ask.level);
  return adds.every((privilege) => before.includes(privilege))
    ? mrkdwn`has all of it already`
    : mrkdwn`a member already, who gets more`;
}

/** What approving would change, person by person: who they are in Onezone, what they have, what they would have. */
export function effectWords(request: GrantRequest, facts: Facts): Effect {
  return { facts: [], lines: request.subjects.map((it) => effectLine(it, request, facts)) };
}

const until = ({ ask, body }: GrantRequest): Markup => untilWords(body.end, ask.until);

function effectLine(
  { slack, identity, before }: Subject,
  request: GrantRequest,
  facts: Facts,
): Markup {
  const who = mrkdwn`${mention(slack)}: ${identityWords(identity, { full: true })}`;
  const adds = facts.privileges(request.ask.level);
  if (before === undefined) {
    return mrkdwn`${who}; what they have now is not read yet → member with at least ${privilegesWords(adds)} ${until(request)}`;
  }
  if (before === null) {
    return mrkdwn`${who} is not a member → member with ${privilegesWords(adds)} ${until(request)}`;
  }
  const missing = adds.filter((privilege) => !before.includes(privilege));
  const has = mrkdwn`${who} is a member with ${privilegesWords(before)}`;
  if (missing.length === 0) return mrkdwn`${has} → nothing to add`;
  return mrkdwn`${has} → member with ${privilegesWords([...before, ...missing])} ${until(request)}`;
}
