import { type Refusal, refusals } from '../errors.js';
import { isEmailAddress, normaliseEmail } from '../onezone/email.js';
import type { Standing } from '../requests/person.js';
import type { Identity, SlackUser } from '../requests/request.js';
import type { DirectoryUser, Link } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { directoryState } from './directory-state.js';
import { nameOf } from './directory-user.js';
import type { Identified } from './people.js';

/** See `People.identify`. Guests are included: they cannot ask for access, but can be given it. */
export async function identify(deps: PeopleDeps, user: SlackUser): Promise<Identified> {
  const [profile, link] = await Promise.all([
    deps.chat.profile(user),
    deps.store.links.ofSlack(user),
  ]);
  if (profile === null || !isPerson(profile.standing)) {
    return refused(refusals.notAPerson(mention(user)));
  }
  if (link !== null) return byLink(deps, link);
  const rule = deps.policy().identity.email;
  if (rule === 'off' || profile.email === null || !isEmailAddress(profile.email)) {
    return refused(refusals.notLinked(mention(user)));
  }
  // Whoever can type an address into their profile would be whomever they like.
  if (!profile.isEmailConfirmed) return refused(refusals.unconfirmedEmail(mention(user)));
  return byEmail(deps, { user, email: normaliseEmail(profile.email), rule });
}

export const mention = (user: SlackUser): string => `<@${user}>`;

async function byLink({ store: { directory } }: PeopleDeps, link: Link): Promise<Identified> {
  const [row, state] = await Promise.all([directory.get(link.onezone), directory.state()]);
  if (row !== null) {
    return row.blocked
      ? refused(refusals.blockedPerson(mention(link.slack)))
      : known(row, 'linked');
  }
  if (directoryState(state) === 'complete') return refused(refusals.userGone(mention(link.slack)));
  return known({ id: link.onezone, fullName: '', username: null }, 'linked');
}

async function byEmail(
  { store: { directory, links } }: PeopleDeps,
  { user, email, rule }: { user: SlackUser; email: string; rule: 'propose' | 'trust' },
): Promise<Identified> {
  const person = mention(user);
  const [candidates, state] = await Promise.all([directory.byEmail(email), directory.state()]);
  const directoryIs = directoryState(state);
  if (directoryIs === 'off') return refused(refusals.notLinked(person));
  const [match, second] = candidates;
  if (second !== undefined) return refused(refusals.ambiguousPerson(person));
  // A single match proves nothing yet: a user not read so far may have the same address.
  if (directoryIs === 'unread') return { kind: 'unknown yet' };
  if (match === undefined) return refused(refusals.notLinked(person));
  if (match.blocked) return refused(refusals.blockedPerson(person));
  const taken = await links.ofOnezone(match.id);
  if (taken !== null && taken.slack !== user) {
    return refused(refusals.linkTaken(mention(taken.slack)));
  }
  return known(match, rule === 'trust' ? 'trusted' : 'proposed');
}

function isPerson(standing: Standing): boolean {
  switch (standing) {
    case 'member':
    case 'guest':
      return true;
    case 'stranger':
    case 'bot':
    case 'deactivated':
      return false;
  }
}

const known = (
  user: Pick<DirectoryUser, 'id' | 'fullName' | 'username'>,
  by: Identity['by'],
): Identified => ({
  kind: 'known',
  identity: { onezone: user.id, name: nameOf(user), username: user.username, by },
});

const refused = (refusal: Refusal): Identified => ({ kind: 'refused', refusal });
