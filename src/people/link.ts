import { refusals } from '../errors.js';
import { isNotAllowed, isNotFound, isOutage, OnezoneAuthError } from '../onezone/errors.js';
import { OnezoneId, type SlackUser } from '../requests/request.js';
import type { Entry } from '../requests/step.js';
import type { DirectoryUser, Link, Unlink } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';
import { directoryState } from './directory-state.js';
import { directoryUser } from './directory-user.js';
import { mention } from './identify.js';
import type { People } from './people.js';

type NewLink = Parameters<People['link']>[0];

/** See `People.link`. An existing link adds no second audit line, as jobs may run twice. */
export async function link(deps: PeopleDeps, wanted: NewLink): Promise<void> {
  const prepared = await prepareLink(deps, wanted);
  if (prepared !== null) await deps.store.links.put(prepared.link, prepared.entry);
}

/** See `People.prepareLink`. */
export async function prepareLink(
  deps: PeopleDeps,
  wanted: NewLink,
): Promise<{ readonly link: Link; readonly entry: Entry } | null> {
  const { links } = deps.store;
  const { slack, onezone, by, how } = wanted;
  if (how === 'by hand' && by === slack) throw refusals.ownLink();
  if (!OnezoneId.safeParse(onezone).success) throw refusals.noOnezoneUser();
  const [taken, before] = await Promise.all([links.ofOnezone(onezone), links.ofSlack(slack)]);
  if (taken !== null && taken.slack !== slack) throw refusals.linkTaken(mention(taken.slack));
  const user = await findUser(deps, wanted);
  if (user?.blocked === true) throw refusals.blockedPerson(mention(slack));
  // What somebody has proved is worth more than what others said, and is kept as such.
  if (taken !== null && (how !== 'by proof' || taken.how === how)) return null;
  const at = deps.now();
  const replaced = before === null ? {} : { before: before.onezone };
  return {
    link: { ...wanted, at },
    entry: entry('linked', wanted, { at, detail: { onezone, how, ...replaced } }),
  };
}

/** See `People.mustBeLinkable`. */
export async function mustBeLinkable({ chat }: PeopleDeps, user: SlackUser): Promise<void> {
  const profile = user === '' ? null : await chat.profile(user);
  const person = mention(user);
  switch (profile?.standing) {
    case 'member':
    case 'guest':
      return;
    case 'bot':
      throw refusals.linkToBot(person);
    case 'deactivated':
      throw refusals.linkToDeactivated(person);
    case 'stranger':
      throw refusals.linkToStranger(person);
    case undefined:
      throw user === '' ? refusals.nobodyNamed() : refusals.linkToNobody();
  }
}

/** See `People.prepareUnlink`. */
export async function prepareUnlink(
  deps: PeopleDeps,
  { slack, by, how }: Parameters<People['prepareUnlink']>[0],
): Promise<{ readonly unlink: Unlink; readonly entry: Entry } | null> {
  if (how === 'by hand' && by === slack) throw refusals.ownLink();
  const before = await deps.store.links.ofSlack(slack);
  if (before === null) return null;
  const { onezone } = before;
  const at = deps.now();
  return {
    unlink: { slack, onezone, by, at },
    entry: entry('unlinked', { slack, by }, { at, detail: { onezone, how } }),
  };
}

/** The user from the zone, else from the directory; null: neither can be read, so the curator's word has to suffice. */
async function findUser(
  deps: PeopleDeps,
  { slack, onezone, how }: NewLink,
): Promise<DirectoryUser | null> {
  const { directory } = deps.store;
  const live = await askZone(deps, { onezone, how });
  if (live.kind === 'gone') throw refusals.userGone(mention(slack));
  if (live.kind === 'there') return live.user;
  const [row, state] = await Promise.all([directory.get(onezone), directory.state()]);
  if (row !== null) return row;
  if (live.kind === 'no answer') throw live.error;
  if (directoryState(state) === 'complete') throw refusals.userGone(mention(slack));
  return null;
}

type ZoneAnswer =
  | { readonly kind: 'there'; readonly user: DirectoryUser }
  | { readonly kind: 'gone' | 'not asked' }
  | { readonly kind: 'no answer'; readonly error: unknown };

async function askZone(
  { store, readUser, now, log }: PeopleDeps,
  { onezone: id, how }: Pick<NewLink, 'onezone' | 'how'>,
): Promise<ZoneAnswer> {
  if (readUser === undefined) return { kind: 'not asked' };
  try {
    const user = directoryUser(await readUser(id), now());
    // Otherwise a user who joined after the last reading would look gone until the next one.
    await store.directory.put([user]);
    return { kind: 'there', user };
  } catch (error) {
    if (isNotFound(error)) {
      await store.directory.remove([id]);
      return { kind: 'gone' };
    }
    if (isNotAllowed(error)) return { kind: 'not asked' };
    // An approver cannot fix rejected credentials, so treat them like an outage and use the directory.
    const isForOperators = how === 'by approval' && error instanceof OnezoneAuthError;
    if (!isOutage(error) && !isForOperators) throw error;
    log?.warn({ err: error, onezone: id }, 'Linking by the directory: Onezone does not answer');
    return { kind: 'no answer', error };
  }
}

const entry = (
  what: 'linked' | 'unlinked',
  { slack, by }: Pick<NewLink, 'slack' | 'by'>,
  { at, detail }: Pick<Entry, 'at' | 'detail'>,
): Entry => ({ at, who: by, what, request: null, service: null, people: [slack], detail });
