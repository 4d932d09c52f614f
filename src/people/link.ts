import { refusals } from '../errors.js';
import { isNotFound, isOutage, OnezoneAuthError } from '../onezone/errors.js';
import type { SlackUser } from '../requests/request.js';
import type { Entry } from '../requests/step.js';
import type { DirectoryUser } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { directoryIs } from './directory-state.js';
import { directoryUser } from './directory-user.js';
import { mention } from './identify.js';
import { isNotAllowed } from './not-allowed.js';
import type { People } from './people.js';

type Asked = Parameters<People['link']>[0];

/** See `People.link`. A link that is there already leaves no second audit line: jobs may run twice. */
export async function link(deps: PeopleDeps, asked: Asked): Promise<void> {
  const { links } = deps.store;
  const taken = await links.ofOnezone(asked.onezone);
  if (taken !== null && taken.slack !== asked.slack) {
    throw refusals.linkTaken(mention(taken.slack));
  }
  const user = await lookUp(deps, asked);
  if (user?.blocked === true) throw refusals.blockedPerson(mention(asked.slack));
  if (taken !== null) return;
  const before = await links.ofSlack(asked.slack);
  const at = deps.now();
  const { onezone, how } = asked;
  const replaced = before === null ? {} : { before: before.onezone };
  await links.put(
    { ...asked, at },
    entry('linked', asked, { at, detail: { onezone, how, ...replaced } }),
  );
}

/** See `People.unlink`. */
export async function unlink(deps: PeopleDeps, user: SlackUser, by: SlackUser): Promise<boolean> {
  const { links } = deps.store;
  const before = await links.ofSlack(user);
  if (before === null) return false;
  const detail = { onezone: before.onezone };
  return links.remove(user, entry('unlinked', { slack: user, by }, { at: deps.now(), detail }));
}

/** The user as the zone has it now, or as it was last seen; null: nobody can say, which a curator's word has to outweigh. */
async function lookUp(
  deps: PeopleDeps,
  { slack, onezone, how }: Asked,
): Promise<DirectoryUser | null> {
  const { directory } = deps.store;
  const live = await ask(deps, { onezone, how });
  if (live.kind === 'gone') throw refusals.userGone(mention(slack));
  if (live.kind === 'there') return live.user;
  const [row, state] = await Promise.all([directory.get(onezone), directory.state()]);
  if (row !== null) return row;
  if (live.kind === 'silent') throw live.error;
  if (directoryIs(state) === 'complete') throw refusals.userGone(mention(slack));
  return null;
}

type Answer =
  | { readonly kind: 'there'; readonly user: DirectoryUser }
  | { readonly kind: 'gone' | 'not asked' }
  | { readonly kind: 'silent'; readonly error: unknown };

async function ask(
  { store, readUser, now, log }: PeopleDeps,
  { onezone: id, how }: Pick<Asked, 'onezone' | 'how'>,
): Promise<Answer> {
  if (readUser === undefined) return { kind: 'not asked' };
  try {
    const user = directoryUser(await readUser(id), now());
    // Kept at once: someone who joined after the last reading would otherwise look gone until the next.
    await store.directory.put([user]);
    return { kind: 'there', user };
  } catch (error) {
    if (isNotFound(error)) {
      await store.directory.remove([id]);
      return { kind: 'gone' };
    }
    if (isNotAllowed(error)) return { kind: 'not asked' };
    // An approver can do nothing about credentials that are no longer taken; what was read earlier is as good then as in an outage.
    const isForOperators = how === 'by approval' && error instanceof OnezoneAuthError;
    if (!isOutage(error) && !isForOperators) throw error;
    log?.warn({ err: error, onezone: id }, 'Linking by the directory: Onezone does not answer');
    return { kind: 'silent', error };
  }
}

const entry = (
  what: 'linked' | 'unlinked',
  { slack, by }: Pick<Asked, 'slack' | 'by'>,
  { at, detail }: Pick<Entry, 'at' | 'detail'>,
): Entry => ({ at, who: by, what, request: null, service: null, people: [slack], detail });
