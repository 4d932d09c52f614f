import { bold, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import type { Subject } from '../../requests/request.js';
import type { Effect } from '../change.js';
import type { Facts } from '../facts.js';
import { identityWords, privilegesWords, untilWords } from '../words.js';
import type { GrantRequest } from './ask.js';

const MAX_DETAILED = 8;
const MAX_COMPACT = 16;

/**
 * What approving would change, person by person: who they are in Onezone, what they have, what they would have.
 * Many people get one line each without repeating what is the same for all, and the rest is left to *Review…*.
 */
export function effectWords(
  request: GrantRequest,
  facts: Facts,
  { full }: { readonly full: boolean },
): Effect {
  const { subjects } = request;
  if (full || subjects.length <= MAX_DETAILED) {
    const lines = subjects.map((subject) => effectLine(subject, request, { facts, full }));
    return { facts: [], common: null, lines };
  }
  const shown = subjects
    .slice(0, MAX_COMPACT)
    .map((subject) => compactLine(subject, request, facts));
  const more = subjects.length - shown.length;
  const after = privilegesWords(facts.privileges(request.ask.level));
  return {
    facts: [],
    common: mrkdwn`Each becomes a member with ${after} ${until(request)}, and keeps what they have.`,
    lines: more === 0 ? shown : [...shown, mrkdwn`and ${more} more: ${bold('Review…')}`],
  };
}

const until = ({ ask, body }: GrantRequest): Markup => untilWords(body.end, ask.until);

function effectLine(
  { slack, identity, before }: Subject,
  request: GrantRequest,
  { facts, full }: { readonly facts: Facts; readonly full: boolean },
): Markup {
  const who = mrkdwn`${mention(slack)}: ${identityWords(identity, { full })}`;
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

function compactLine(
  { slack, identity, before }: Subject,
  request: GrantRequest,
  facts: Facts,
): Markup {
  const who = mrkdwn`${mention(slack)}: ${identityWords(identity)}`;
  if (before === undefined) return mrkdwn`${who}, not read yet`;
  if (before === null) return mrkdwn`${who}, not a member`;
  const adds = facts.privileges(request.ask.level);
  return adds.every((privilege) => before.includes(privilege))
    ? mrkdwn`${who}, has all of it`
    : mrkdwn`${who}, a member already`;
}
