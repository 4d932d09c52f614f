import { ChatError, type Profile } from '../chat.js';
import { refusals } from '../errors.js';
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
  options: Freshness = {},
): Promise<Actor> {
  const groups = await readGroups(deps, groupsOf(deps), options);
  return actorIn(deps, user, { groups, options });
}

/** See `People.actors`. */
export async function actors(
  deps: PeopleDeps,
  users: readonly SlackUser[],
  options: Freshness = {},
): Promise<readonly Actor[]> {
  const groups = await readGroups(deps, groupsOf(deps), options);
  return inParallel(users, SLACK_CALLS_AT_ONCE, (user) => actorIn(deps, user, { groups, options }));
}

interface Freshness {
  readonly fresh?: boolean;
}

/** `users` null: Slack did not say. */
interface Group {
  readonly id: string;
  readonly users: readonly SlackUser[] | null;
}

async function actorIn(
  deps: PeopleDeps,
  user: SlackUser,
  { groups, options }: { readonly groups: readonly Group[]; readonly options: Freshness },
): Promise<Actor> {
  const [profile, link] = await Promise.all([
    profileOf(deps, user, options),
    deps.store.links.ofSlack(user),
  ]);
  const unsureOf = groups.filter(({ users }) => users === null).map(({ id }) => id);
  return {
    id: user,
    standing: profile?.standing ?? 'stranger',
    usergroups: groups.filter(({ users }) => users?.includes(user)).map(({ id }) => id),
    ...(unsureOf.length === 0 ? {} : { unsureOf }),
    onezone: link?.onezone ?? (await byEmail(deps, profile?.email ?? null)),
  };
}

const groupsOf = ({ policy }: PeopleDeps): readonly string[] =>
  unique(Object.values(policy().roles).flatMap((role) => role.usergroups));

/** A group that does not answer is no reason to turn away those who need it for nothing. */
function readGroups(
  deps: PeopleDeps,
  groups: readonly string[],
  options: Freshness,
): Promise<readonly Group[]> {
  return inParallel(groups, SLACK_CALLS_AT_ONCE, async (id) => {
    try {
      return { id, users: await usersOf(deps, id, options) };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      deps.log?.warn({ err: error, group: id }, 'a user group could not be read now');
      return { id, users: null };
    }
  });
}

async function usersOf(
  { chat, onGroup }: PeopleDeps,
  group: string,
  options?: Freshness,
): Promise<readonly SlackUser[]> {
  const { users, unreadable } = await chat.groupMembers(group, options);
  await onGroup?.(group, unreadable);
  return users;
}

async function profileOf(
  { chat }: PeopleDeps,
  user: SlackUser,
  options: Freshness,
): Promise<Profile | null> {
  try {
    return await chat.profile(user, options);
  } catch (error) {
    if (!(error instanceof ChatError) || error.kind === 'never') throw error;
    throw refusals.slackSilent('who everybody concerned is', { cause: error });
  }
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
  deps: PeopleDeps,
  roles: readonly string[],
): Promise<readonly SlackUser[]> {
  const { chat, policy } = deps;
  const wanted = Object.entries(policy().roles)
    .filter(([name]) => roles.includes(name))
    .map(([, role]) => role);
  const groups = unique(wanted.flatMap((role) => role.usergroups));
  const members = await inParallel(groups, SLACK_CALLS_AT_ONCE, (group) => usersOf(deps, group));
  const named = unique([...wanted.flatMap((role) => role.users), ...members.flat()]);
  const profiles = await inParallel(named, SLACK_CALLS_AT_ONCE, (user) => chat.profile(user));
  return named.filter((_, index) => profiles[index]?.standing === 'member');
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
