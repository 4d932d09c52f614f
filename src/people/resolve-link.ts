import { isEmailAddress, normaliseEmail } from '../onezone/email.js';
import { isNotAllowed, isNotFound } from '../onezone/errors.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { DirectoryUser } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { directoryState } from './directory-state.js';
import { directoryUser } from './directory-user.js';
import { search } from './search.js';

/** A Onezone user whom a Slack user may turn out to be. */
export interface LinkCandidate {
  readonly user: DirectoryUser;
  /** What matched: the typed text, or the person's e-mail address or name in Slack. */
  readonly by: 'text' | 'e-mail' | 'name';
  /** Who is linked to it already, possibly the person themselves. */
  readonly linkedTo: SlackUser | null;
}

interface LinkQuestion {
  readonly person: SlackUser;
  /** Name, user name, e-mail address or id; empty: use the Slack profile. */
  readonly text: string;
  readonly limit: number;
}

/** Candidates for `/handle link @person text`, best first. Includes blocked users, as linking them gives a refusal that explains why. */
export async function resolveLink(
  deps: PeopleDeps,
  question: LinkQuestion,
): Promise<readonly LinkCandidate[]> {
  const text = cleanInput(question.text);
  const found =
    text === '' ? await fromProfile(deps, question) : await fromText(deps, text, question.limit);
  const distinct = found.filter(
    ({ user }, index) => found.findIndex((other) => other.user.id === user.id) === index,
  );
  return Promise.all(
    distinct.slice(0, question.limit).map(async (candidate) => {
      const link = await deps.store.links.ofOnezone(candidate.user.id);
      return { ...candidate, linkedTo: link?.slack ?? null };
    }),
  );
}

type Found = Omit<LinkCandidate, 'linkedTo'>;

async function fromText(deps: PeopleDeps, text: string, limit: number): Promise<readonly Found[]> {
  const found = await search(deps, text, limit);
  const users = found.length > 0 ? found : await fromId(deps, text);
  return users.map((user) => ({ user, by: 'text' }));
}

const ID_PATTERN = /^[0-9a-f]{32}(ch[0-9a-f]{4})?$/;

/** For users who joined after the last reading. If users cannot be read at all, the bare id is offered unverified. */
async function fromId(deps: PeopleDeps, id: OnezoneId): Promise<readonly DirectoryUser[]> {
  if (!ID_PATTERN.test(id)) return [];
  const now = deps.now();
  try {
    if (deps.readUser !== undefined) return [directoryUser(await deps.readUser(id), now)];
  } catch (error) {
    if (isNotFound(error)) return [];
    if (!isNotAllowed(error)) throw error;
  }
  if (directoryState(await deps.store.directory.state()) === 'complete') return [];
  return [{ id, fullName: '', username: null, emails: [], blocked: false, readAt: now }];
}

async function fromProfile(
  { store: { directory }, chat }: PeopleDeps,
  { person, limit }: LinkQuestion,
): Promise<readonly Found[]> {
  const profile = await chat.profile(person);
  if (profile === null) return [];
  const { name } = profile;
  const email = profile.isEmailConfirmed ? profile.email : null;
  const same =
    email !== null && isEmailAddress(email) ? await directory.byEmail(normaliseEmail(email)) : [];
  const named = await Promise.all(wordsOf(name).map((word) => directory.search(word, limit)));
  return [
    ...same.map((user): Found => ({ user, by: 'e-mail' })),
    ...byMatchCount(named.flat()).map((user): Found => ({ user, by: 'name' })),
  ];
}

/** The whole name, then each word. Text in brackets is dropped: pronouns, institutes. */
function wordsOf(name: string): readonly string[] {
  const bare = name.replace(/[([{].*$/s, '').trim();
  const words = bare.match(/[\p{L}\p{M}'’-]{2,}/gu)?.slice(0, 4) ?? [];
  return words.length > 1 ? [bare, ...words] : words;
}

/** Users who match more words come first, since the order of first and family name varies. */
function byMatchCount(users: readonly DirectoryUser[]): readonly DirectoryUser[] {
  const counts = new Map<OnezoneId, number>();
  for (const { id } of users) counts.set(id, (counts.get(id) ?? 0) + 1);
  return users.toSorted((one, other) => (counts.get(other.id) ?? 0) - (counts.get(one.id) ?? 0));
}

/** Slack rewrites an address as `<mailto:…|…>`, and people put names and ids in quotes or backticks. */
function cleanInput(text: string): string {
  return text
    .replace(/<mailto:([^|<>]+)(\|[^<>]*)?>/, '$1')
    .replace(/^[\s"'`“”]+|(?<![\s"'`“”])[\s"'`“”]+$/g, '');
}
