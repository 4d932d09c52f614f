import type { Profile } from '../chat.js';
import { isEmailAddress, normaliseEmail } from '../onezone/email.js';
import type { Voice } from '../requests/person.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { PastLink } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { type Freshness, profileOf } from './profile-of.js';

/** See `People.voice`. */
export async function voice(
  deps: PeopleDeps,
  user: SlackUser,
  options: Freshness = {},
): Promise<Voice> {
  return voiceOf(deps, user, await profileOf(deps, user, options));
}

/** The same where the profile was read already. */
export async function voiceOf(
  { store }: PeopleDeps,
  user: SlackUser,
  profile: Pick<Profile, 'email'> | null,
): Promise<Voice> {
  const [history, matches] = await Promise.all([
    store.links.history(user),
    byEmail(store.directory, profile?.email ?? null),
  ]);
  const current = history.filter(({ until }) => until === null);
  const past = history.filter(({ until }) => until !== null);
  const ids = [...idsOf(current), ...matches, ...idsOf(past.toReversed())];
  return { id: user, onezone: [...new Set(ids)], linkedBy: linkedBy(user, history) };
}

const idsOf = (links: readonly PastLink[]): readonly OnezoneId[] =>
  links.map(({ onezone }) => onezone);

/** Gives nothing, it only takes a second voice away: so ambiguous and unconfirmed addresses count, whatever the policy says. */
async function byEmail(
  directory: PeopleDeps['store']['directory'],
  email: string | null,
): Promise<readonly OnezoneId[]> {
  if (email === null || !isEmailAddress(email)) return [];
  return (await directory.byEmail(normaliseEmail(email))).map(({ id }) => id);
}

/**
 * By approval and by e-mail nobody chooses: the address names the Onezone user, and is only confirmed. What somebody has proved
 * since then owes nothing to anyone.
 */
function linkedBy(user: SlackUser, history: readonly PastLink[]): readonly SlackUser[] {
  const proof = history.findLastIndex(({ how }) => how === 'by proof');
  const makers = history
    .slice(proof + 1)
    .filter(({ how }) => how === 'by hand')
    .map(({ by }) => by);
  const enders = history.slice(Math.max(proof, 0)).flatMap(({ endedBy }) => endedBy ?? []);
  return [...new Set([...makers, ...enders])].filter((other) => other !== user);
}
