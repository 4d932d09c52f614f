import type { Logger } from 'pino';
import { isBreaker, isNotFound, isOutage, OnezoneError } from '../onezone/errors.js';
import type { Onezone } from '../onezone/onezone.js';
import type { OnezoneId } from '../requests/request.js';
import type { DirectoryUser, Store } from '../store/store.js';
import { directoryIs, turnOff } from './directory-state.js';
import { directoryUser } from './directory-user.js';
import { inParallel } from './in-parallel.js';
import { isNotAllowed } from './not-allowed.js';

export interface ReadDirectory {
  readonly onezone: Pick<Onezone, 'listUsers' | 'user'>;
  readonly store: Pick<Store, 'directory'>;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Users written at once: what a crash can cost. */
  readonly batch?: number;
  /** Calls to Onezone at a time. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

export interface DirectoryReading {
  readonly added: number;
  readonly removed: number;
  readonly refreshed: number;
  readonly users: number;
  /** `doubted`: the zone's list was too short to be believed. `off`: it may not be read. */
  readonly list: 'believed' | 'doubted' | 'off';
}

const HOUR = 3_600_000;

/** Younger than this, nobody is read again. */
const REST = 12 * HOUR;

/** One in so many is read again, at most: at one reading an hour nobody's record gets older than a day. */
const SHARE = 12;

/** So many we must know before half of them going missing is suspicious. */
const MANY = 20;

/**
 * Onezone cannot be asked for a user by e-mail (its only list is of ids), so everyone is read once, one call each, and from then on
 * only the difference. What was read is kept batch by batch: after an error or a crash the next reading goes on from there.
 */
export async function readDirectory(options: ReadDirectory): Promise<DirectoryReading> {
  try {
    return await read(options);
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    return giveUp(options, error);
  }
}

async function read(options: ReadDirectory): Promise<DirectoryReading> {
  const { directory } = options.store;
  // Before the list: whoever is added meanwhile, by a link, must not look as if they had left.
  const known = new Set(await directory.ids());
  const listedAt = options.now();
  const { ids, list } = await believableList(options, known.size);
  const listed = new Set(ids);
  const gone = list === 'doubted' ? [] : [...known].filter((id) => !listed.has(id));
  await directory.remove(gone);

  const unknown = ids.filter((id) => !known.has(id));
  const added = await readUsers(options, unknown);
  if (list === 'believed') await directory.markComplete(listedAt);

  const again = Math.ceil(known.size / SHARE);
  const before = new Date(listedAt.getTime() - REST);
  const refreshed = await readUsers(options, await directory.stalest(again, before));
  const { users } = await directory.state();
  const removed = gone.length + refreshed.vanished;
  const reading = { added: added.read, removed, refreshed: refreshed.read, users, list };
  options.log.info(reading, 'Read the directory of Onezone’s users');
  return reading;
}

/**
 * An empty list is never true (we are a user ourselves), and half a zone does not leave within the hour. Rather than forgetting everyone,
 * such a list is asked for again and then only added from; who really left goes when their own record is asked for and is not there.
 */
async function believableList(
  { onezone, log }: ReadDirectory,
  known: number,
): Promise<{ readonly ids: readonly OnezoneId[]; readonly list: 'believed' | 'doubted' }> {
  const first = await onezone.listUsers();
  if (isBelievable(first, known)) return { ids: first, list: 'believed' };
  const ids = await onezone.listUsers();
  if (isBelievable(ids, known)) return { ids, list: 'believed' };
  log.warn({ listed: ids.length, known }, DOUBT);
  return { ids, list: 'doubted' };
}

const isBelievable = (ids: readonly OnezoneId[], known: number): boolean =>
  ids.length > 0 && (known < MANY || ids.length * 2 >= known);

const DOUBT =
  'Onezone lists far fewer users than before, twice in a row; those missing stay in the directory until Onezone denies each of them';

async function readUsers(
  options: ReadDirectory,
  ids: readonly OnezoneId[],
): Promise<{ readonly read: number; readonly vanished: number }> {
  const { directory } = options.store;
  let [read, vanished] = [0, 0];
  for (const some of chunks(ids, options)) {
    const users = await inParallel(some, options.concurrency ?? 6, (id) => readUser(options, id));
    const found = users.filter((it) => it !== null && it !== 'unread');
    await directory.put(found);
    read += found.length;
    const gone = some.filter((_, at) => users[at] === null);
    vanished += gone.length;
    await directory.remove(gone);
  }
  return { read, vanished };
}

/**
 * null: they left the zone between the list and this call. `unread`: Onezone breaks over this one record. It is tried
 * again at the next reading; everybody else can be found meanwhile.
 */
async function readUser(
  { onezone, now, signal, log }: ReadDirectory,
  id: OnezoneId,
): Promise<DirectoryUser | null | 'unread'> {
  signal?.throwIfAborted();
  try {
    return directoryUser(await onezone.user(id), now());
  } catch (error) {
    if (isNotFound(error)) return null;
    if (!(error instanceof OnezoneError) || !isOutage(error) || isBreaker(error)) throw error;
    log.warn({ err: error, user: id }, 'A user cannot be read from Onezone');
    return 'unread';
  }
}

/** Said once, not at every reading: it is a way to run the bot, and changes only when someone changes the credentials. */
async function giveUp(
  { store: { directory }, log }: ReadDirectory,
  error: Error,
): Promise<DirectoryReading> {
  const state = await directory.state();
  if (directoryIs(state) !== 'off') {
    log.warn({ err: error }, NOT_ALLOWED);
    await turnOff(directory);
  }
  return { added: 0, removed: 0, refreshed: 0, users: state.users, list: 'off' };
}

const NOT_ALLOWED =
  'The credentials may not list and read Onezone’s users, so nobody is found by e-mail and people have to be linked by id. ' +
  'To change that, give the account oz_users_list and oz_users_view, and a confined token ' +
  'ozw/get/user.null.list:private and ozw/get/user.*.instance:protected';

function* chunks(
  ids: readonly OnezoneId[],
  { batch = 200 }: ReadDirectory,
): Generator<readonly OnezoneId[]> {
  for (let at = 0; at < ids.length; at += batch) yield ids.slice(at, at + batch);
}
