import type { Beneficiary, GrantRequest, Identity } from '../../../requests/request.js';
import { bold, code, joined, type Markup, mrkdwn, mention } from '../../../markup/markup.js';
import type { Facts } from './facts.js';
import { untilWords } from './request-words.js';

const DETAILED = 8;
const COMPACT = 16;

/**
 * What approving would change, person by person: who they are in Onezone, what they have, what they would have.
 * Many people get one line each without repeating what is the same for all, and the rest is left to *Review…*.
 */
export function effectLines(request: GrantRequest, facts: Facts): readonly Markup[] {
  const { people } = request;
  if (people.length <= DETAILED) return people.map((it) => effectLine(it, request, facts));
  const shown = people.slice(0, COMPACT).map((it) => compactLine(it, request, facts));
  const more = people.length - shown.length;
  return more === 0 ? shown : [...shown, mrkdwn`and ${more} more: ${bold('Review…')}`];
}

/** Every person in full, for the approval modal. */
export function allEffectLines(request: GrantRequest, facts: Facts): readonly Markup[] {
  return request.people.map((it) => effectLine(it, request, facts, { fullId: true }));
}

/** What each of many people gets, said once. */
export function commonEffect(request: GrantRequest, facts: Facts): Markup | null {
  if (request.people.length <= DETAILED) return null;
  const after = privilegesWords(facts.privileges(request.ask.level));
  return mrkdwn`Each becomes a member with ${after} ${untilWords(request)}, and keeps what they have.`;
}

function effectLine(
  person: Beneficiary,
  request: GrantRequest,
  facts: Facts,
  options: { readonly fullId?: boolean } = {},
): Markup {
  const who = mrkdwn`${mention(person.slack)}: ${identityWords(person.identity, options)}`;
  const adds = facts.privileges(request.ask.level);
  const until = untilWords(request);
  const { before } = person;
  if (before === undefined) {
    return mrkdwn`${who}; what they have now is not read yet → member with at least ${privilegesWords(adds)} ${until}`;
  }
  if (before === null)
    return mrkdwn`${who} is not a member → member with ${privilegesWords(adds)} ${until}`;
  const missing = adds.filter((it) => !before.includes(it));
  const has = mrkdwn`${who} is a member with ${privilegesWords(before)}`;
  if (missing.length === 0) return mrkdwn`${has} → nothing to add`;
  const after = [...before, ...missing];
  return mrkdwn`${has} → member with ${privilegesWords(after)} ${until}`;
}

/** `lena.k (Onezone f1c8…, linked)`. How the two identities were matched decides how far to trust it. */
export function identityWords(
  identity: Identity | null,
  options: { readonly fullId?: boolean } = {},
): Markup {
  if (identity === null) return mrkdwn`Onezone user not known yet`;
  const name = identity.username ?? identity.name;
  const id = options.fullId === true ? identity.onezone : shortId(identity.onezone);
  return mrkdwn`${name} (Onezone ${code(id)}, ${matchWords(identity)})`;
}

export function privilegesWords(privileges: readonly string[]): Markup {
  return privileges.length === 0 ? mrkdwn`no privileges` : joined([...privileges].sort().map(code));
}

function compactLine(person: Beneficiary, request: GrantRequest, facts: Facts): Markup {
  const who = mrkdwn`${mention(person.slack)}: ${identityWords(person.identity)}`;
  const { before } = person;
  if (before === undefined) return mrkdwn`${who}, not read yet`;
  if (before === null) return mrkdwn`${who}, not a member`;
  const adds = facts.privileges(request.ask.level).filter((it) => !before.includes(it));
  return adds.length === 0 ? mrkdwn`${who}, has all of it` : mrkdwn`${who}, a member already`;
}

function matchWords(identity: Identity): string {
  switch (identity.by) {
    case 'linked':
      return 'linked';
    case 'trusted':
      return 'matched by e-mail, which the policy trusts';
    case 'proposed':
      return 'e-mail match, confirmed by approving';
  }
}

const shortId = (id: string): string => (id.length <= 12 ? id : `${id.slice(0, 8)}…`);
