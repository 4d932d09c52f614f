import { ChatError } from '../chat.js';
import { inParallel } from '../in-parallel.js';
import type { Actor, Voice } from '../requests/person.js';
import type { SlackUser } from '../requests/request.js';
import type { PeopleDeps } from './create-people.js';
import { type Freshness, profileOf } from './profile-of.js';
import { voiceOf } from './voice.js';

/** Slack limits these calls per minute, so more at once would only queue. */
const SLACK_CALLS_AT_ONCE = 8;

/** See `People.actor`. A user whom Slack does not know is a `stranger`, who may do nothing. */
export async function actor(
  deps: PeopleDeps,
  user: SlackUser,
  options: Freshness = {},
): Promise<Actor> {
  const [person, groups] = await Promise.all([
    readPerson(deps, user, options),
    readGroups(deps, options),
  ]);
  return actorOf(person, groups);
}

/** See `People.actors`. */
export async function actors(
  deps: PeopleDeps,
  users: readonly SlackUser[],
  options: Freshness = {},
): Promise<readonly Actor[]> {
  const distinct = unique(users);
  const [people, groups] = await Promise.all([
    inParallel(distinct, SLACK_CALLS_AT_ONCE, (user) => readPerson(deps, user, options)),
    readGroups(deps, options),
  ]);
  return users.flatMap((user) =>
    people.filter(({ id }) => id === user).map((person) => actorOf(person, groups)),
  );
}

type Person = Voice & Pick<Actor, 'standing'>;

/** `users` null: Slack did not say. */
interface Group {
  readonly id: string;
  readonly users: readonly SlackUser[] | null;
}

function actorOf(person: Person, groups: readonly Group[]): Actor {
  const unsureOf = groups.filter(({ users }) => users === null).map(({ id }) => id);
  return {
    ...person,
    usergroups: groups.filter(({ users }) => users?.includes(person.id)).map(({ id }) => id),
    ...(unsureOf.length === 0 ? {} : { unsureOf }),
  };
}

async function readPerson(deps: PeopleDeps, id: SlackUser, options: Freshness): Promise<Person> {
  const profile = await profileOf(deps, id, options);
  return { ...(await voiceOf(deps, id, profile)), standing: profile?.standing ?? 'stranger' };
}

const groupsOf = ({ policy }: PeopleDeps): readonly string[] =>
  unique(Object.values(policy().roles).flatMap((role) => role.usergroups));

/** A group that does not answer is no reason to turn away those who need it for nothing. */
function readGroups(deps: PeopleDeps, options: Freshness): Promise<readonly Group[]> {
  return inParallel(groupsOf(deps), SLACK_CALLS_AT_ONCE, async (id) => {
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
