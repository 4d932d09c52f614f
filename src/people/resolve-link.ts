import { normaliseEmail } from '../onezone/email.js';
import { isNotFound } from '../onezone/errors.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { DirectoryUser } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { directoryIs } from './directory-state.js';
import { directoryUser, isAddress } from './directory-user.js';
import { isNotAllowed } from './not-allowed.js';
import { search } from './search.js';

/** A Onezone user whom a Slack user may turn out to be. */
export interface LinkCandidate {
  readonly user: DirectoryUser;
  /** Why it is proposed: the typed text, or the person's e-mail address or name in Slack. */
  readonly by: 'text' | 'e-mail' | 'name';
  /** Whose it is already, perhaps the person's own; null: nobody's. */
  readonly linkedTo: SlackUser | null;
}

interface LinkQuestion {
  readonly person: SlackUser;
  /** What was typed after the person: a name, user name, address or id; empty: whatever Slack knows of them. */
  readonly text: string;
  readonly limit: number;
}

/** Candidates for `/handle link @person text`, best first. Blocked users are among them: a refusal explains more than silence. */
export async function resolveLink(
  deps: PeopleDeps,
  question: LinkQuestion,
): Promise<readonly LinkCandidate[]> {
  const text = plain(question.text);
  const found =
    text === '' ? await fromProfile(deps, question) : await fromText(deps, text, question.limit);
  const distinct = found.filter(
    ({ user }, at) => found.findIndex((it) => it.user.id === user.id) === at,
  );
  return Promise.all(
    distinct.slice(0, question.limit).map(async (it) => {
      const link = await deps.store.links.ofOnezone(it.user.id);
      return { ...it, linkedTo: link?.slack ?? null };
    }),
  );
}

type Found = Omit<LinkCandidate, 'linkedTo'>;

async function fromText(deps: PeopleDeps, text: string, limit: number): Promise<readonly Found[]> {
  const found = await search(deps, text, limit);
  const users = found.length > 0 ? found : await fromId(deps, text);
  return users.map((user) => ({ user, by: 'text' }));
}

const ID = /^[0-9a-f]{32}(ch[0-9a-f]{4})?$/;

/** Somebody who joined after the last reading; or, where the zone lets us read no one, an id that only a person can vouch for. */
async function fromId(deps: PeopleDeps, id: OnezoneId): Promise<readonly DirectoryUser[]> {
  if (!ID.test(id)) return [];
  const now = deps.now();
  try {
    if (deps.readUser !== undefined) return [directoryUser(await deps.readUser(id), now)];
  } catch (error) {
    if (isNotFound(error)) return [];
    if (!isNotAllowed(error)) throw error;
  }
  if (directoryIs(await deps.store.directory.state()) === 'complete') return [];
  return [{ id, fullName: '', username: null, emails: [], blocked: false, readAt: now }];
}

async function fromProfile(
  { store: { directory }, chat }: PeopleDeps,
  { person, limit }: LinkQuestion,
): Promise<readonly Found[]> {
  const profile = await chat.profile(person);
  if (profile === null) return [];
  const { email, name } = profile;
  const same =
    email !== null && isAddress(email) ? await directory.byEmail(normaliseEmail(email)) : [];
  const named = await Promise.all(wordsOf(name).map((it) => directory.search(it, limit)));
  return [
    ...same.map((user): Found => ({ user, by: 'e-mail' })),
    ...mostOften(named.flat()).map((user): Found => ({ user, by: 'name' })),
  ];
}

/** The name as a whole and word by word, without what people add in brackets: pronouns, institutes. */
function wordsOf(name: string): readonly string[] {
  const bare = name.replace(/[([{].*$/s, '').trim();
  const words = bare.match(/[\p{L}\p{M}'’-]{2,}/gu)?.slice(0, 4) ?? [];
  return words.length > 1 ? [bare, ...words] : words;
}

/** Whoever has more words of the name in common comes first: family names are written first, last or not at all. */
function mostOften(users: readonly DirectoryUser[]): readonly DirectoryUser[] {
  const counts = new Map<OnezoneId, number>();
  for (const { id } of users) counts.set(id, (counts.get(id) ?? 0) + 1);
  return users.toSorted((one, other) => (counts.get(other.id) ?? 0) - (counts.get(one.id) ?? 0));
}

/** Slack turns a typed address into `<mailto:…|…>`; quotes and backticks are how people write names and ids. */
function plain(text: string): string {
  return text.replace(/<mailto:([^|>]+)(\|[^>]*)?>/, '$1').replace(/^[\s"'`“”]+|[\s"'`“”]+$/g, '');
}
