import { inParallel } from '../in-parallel.js';
import { isEmailAddress, normaliseEmail } from '../onezone/email.js';
import type { Actor } from '../requests/person.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { PeopleDeps } from './create-people.js';

/** Slack limits these calls per minute, so more at once would only queue. */
const SLACK_CALLS_AT_ONCE = 8;

/** See `People.actor`. A user whom Slack does not know is a `stranger`, who may do nothing. */
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
    inParallel(groups, SLACK_CALLS_AT_ONCE, (group) => chat.groupMembers(group, options)),
  ]);
  return {
    id: user,
    standing: profile?.standing ?? 'stranger',
    usergroups: groups.filter((_, index) => members[index]?.includes(user)),
    onezone: link?.onezone ?? (await byEmail(deps, profile?.email ?? null)),
  };
}

/** Grants nothing: it only detects approvers who are also beneficiaries, so an unconfirmed match is good enough. */
async function byEmail(
  { store, policy }: PeopleDeps,
  email: string | null,
): Promise<OnezoneId | null> {
  if (policy().identity.email === 'off' || email === null || !isEmailAddress(email)) return null;
  const [match, second] = await store.directory.byEmail(normaliseEmail(email));
  return second === undefined ? (match?.id ?? null) : null;
}

/** See `People.withRoles`. `everyone` and roles missing from the policy have no members here. */
export async function withRoles(
  { chat, policy }: PeopleDeps,
  roles: readonly string[],
): Promise<readonly SlackUser[]> {
  const wanted = Object.entries(policy().roles)
    .filter(([name]) => roles.includes(name))
    .map(([, role]) => role);
  const groups = unique(wanted.flatMap((role) => role.usergroups));
  const members = await inParallel(groups, SLACK_CALLS_AT_ONCE, (group) =>
    chat.groupMembers(group),
  );
  const named = unique([...wanted.flatMap((role) => role.users), ...members.flat()]);
  const profiles = await inParallel(named, SLACK_CALLS_AT_ONCE, (user) => chat.profile(user));
  return named.filter((_, index) => profiles[index]?.standing === 'member');
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
