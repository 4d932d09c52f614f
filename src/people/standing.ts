import { normaliseEmail } from '../onezone/email.js';
import type { Actor } from '../requests/person.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { PeopleDeps } from './create-people.js';
import { isAddress } from './directory-user.js';
import { inParallel } from './in-parallel.js';

/** Slack's limits for these calls are per minute; more at once would only fill its queue. */
const AT_ONCE = 8;

/** See `People.actor`. Somebody Slack does not know is a stranger: there is nothing they may do. */
export async function actor(
  deps: PeopleDeps,
  user: SlackUser,
  options: { readonly fresh?: boolean } = {},
): Promise<Actor> {
  const { store, chat, policy } = deps;
  const groups = unique(Object.values(policy().roles).flatMap((role) => role.usergroups));
  const [profile, link, members] = await Promise.all([
    chat.profile(user, options),
    store.links.ofSlack(user),
    inParallel(groups, AT_ONCE, (group) => chat.groupMembers(group, options)),
  ]);
  return {
    id: user,
    standing: profile?.standing ?? 'stranger',
    usergroups: groups.filter((_, at) => members[at]?.includes(user)),
    onezone: link?.onezone ?? (await byEmail(deps, profile?.email ?? null)),
  };
}

/** Nobody's access hangs on this match, only whether two accounts are one person: better one voice too few than one too many. */
async function byEmail(
  { store, policy }: PeopleDeps,
  email: string | null,
): Promise<OnezoneId | null> {
  if (policy().identity.email === 'off' || email === null || !isAddress(email)) return null;
  const [match, second] = await store.directory.byEmail(normaliseEmail(email));
  return second === undefined ? (match?.id ?? null) : null;
}

/** See `People.withRoles`. `everyone` names nobody in particular, and a role that the policy lacks has no one. */
export async function withRoles(
  { chat, policy }: PeopleDeps,
  roles: readonly string[],
): Promise<readonly SlackUser[]> {
  const wanted = Object.entries(policy().roles)
    .filter(([name]) => roles.includes(name))
    .map(([, role]) => role);
  const groups = unique(wanted.flatMap((role) => role.usergroups));
  const members = await inParallel(groups, AT_ONCE, (group) => chat.groupMembers(group));
  const named = unique([...wanted.flatMap((role) => role.users), ...members.flat()]);
  const profiles = await inParallel(named, AT_ONCE, (user) => chat.profile(user));
  return named.filter((_, at) => profiles[at]?.standing === 'member');
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
