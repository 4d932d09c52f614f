import type { Logger } from 'pino';
import { inParallel } from '../in-parallel.js';
import { isBreaker, isNotAllowed, isNotFound, isOutage, OnezoneError } from '../onezone/errors.js';
import type { Onezone } from '../onezone/onezone.js';
import type { OnezoneId } from '../requests/request.js';
import type { DirectoryUser, Store } from '../store/store.js';
import { directoryState, turnOff } from './directory-state.js';
import { directoryUser } from './directory-user.js';

export interface ReadDirectory {
  readonly onezone: Pick<Onezone, 'listUsers' | 'user'>;
  readonly store: Pick<Store, 'directory'>;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Users per write; a crash loses at most these. */
  readonly batch?: number;
  /** Parallel calls to Onezone. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

export interface DirectoryReading {
  readonly added: number;
  readonly removed: number;
  readonly refreshed: number;
  readonly users: number;
  /** `doubted`: implausibly short. `off`: the credentials may not read it. */
  readonly list: 'believed' | 'doubted' | 'off';
}

const MIN_REFRESH_AGE_MS = 12 * 3_600_000;

/** A reading refreshes one record in this many: with one reading an hour, no record gets older than a day. */
const REFRESH_DIVISOR = 12;

/** In a smaller zone, half of the users may really leave at once. */
const MIN_USERS_FOR_DOUBT = 20;

const USERS_READ_AT_ONCE = 6;

/**
 * Onezone cannot look up users by e-mail and lists only ids, so every user is read once, one call each, and after that only
 * the difference. Stored batch by batch, so that the next reading resumes after an error or a crash.
 */
export async function readDirectory(options: ReadDirectory): Promise<DirectoryReading> {
  try {
    return await read(options);
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    return turnOffDirectory(options, error);
  }
}

async function read(options: ReadDirectory): Promise<DirectoryReading> {
  const { directory } = options.store;
  // Taken before listing: a user stored meanwhile by a new link must not count as gone.
  const known = new Set(await directory.ids());
  const listedAt = options.now();
  const { ids, list } = await believableList(options, known.size);
  const listed = new Set(ids);
  const gone = list === 'doubted' ? [] : [...known].filter((id) => !listed.has(id));
  await directory.remove(gone);

  const unknown = ids.filter((id) => !known.has(id));
  const added = await readUsers(options, unknown);
  if (list === 'believed') await directory.markComplete(listedAt);

  const refreshLimit = Math.ceil(known.size / REFRESH_DIVISOR);
  const readBefore = new Date(listedAt.getTime() - MIN_REFRESH_AGE_MS);
  const refreshed = await readUsers(options, await directory.stalest(refreshLimit, readBefore));
  const { users } = await directory.state();
  const removed = gone.length + refreshed.vanished;
  const reading = { added: added.read, removed, refreshed: refreshed.read, users, list };
  options.log.info(reading, 'Read the directory of Onezone’s users');
  return reading;
}

/**
 * An empty list is always wrong (we are a user ourselves), and half of a zone does not leave within the hour. Such a list is
 * requested again, then only added from. Users who really left are removed when refreshing their record finds nothing.
 */
async function believableList(
  { onezone, log }: ReadDirectory,
  known: number,
): Promise<{ readonly ids: readonly OnezoneId[]; readonly list: 'believed' | 'doubted' }> {
  const first = await onezone.listUsers();
  if (isBelievable(first, known)) return { ids: first, list: 'believed' };
  const ids = await onezone.listUsers();
  if (isBelievable(ids, known)) return { ids, list: 'believed' };
  log.warn({ listed: ids.length, known }, DOUBTED_LIST_WARNING);
  return { ids, list: 'doubted' };
}

const isBelievable = (ids: readonly OnezoneId[], known: number): boolean =>
  ids.length > 0 && (known < MIN_USERS_FOR_DOUBT || ids.length * 2 >= known);

const DOUBTED_LIST_WARNING =
  'Onezone lists far fewer users than before, twice in a row; those missing stay in the directory until Onezone denies each of them';

async function readUsers(
  options: ReadDirectory,
  ids: readonly OnezoneId[],
): Promise<{ readonly read: number; readonly vanished: number }> {
  const { directory } = options.store;
  let [read, vanished] = [0, 0];
  const { concurrency = USERS_READ_AT_ONCE } = options;
  for (const chunk of chunks(ids, options)) {
    const users = await inParallel(chunk, concurrency, (id) => readUser(options, id));
    const found = users.filter((user) => user !== null && user !== 'unread');
    await directory.put(found);
    read += found.length;
    const gone = chunk.filter((_, index) => users[index] === null);
    vanished += gone.length;
    await directory.remove(gone);
  }
  return { read, vanished };
}

/**
 * null: no longer in the zone. `unread`: Onezone fails on this record; the next reading tries it again, and
 * it does not block the others.
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

/** Warns once, not at every reading: running without the directory is supported, and only new credentials change it. */
async function turnOffDirectory(
  { store: { directory }, log }: ReadDirectory,
  error: Error,
): Promise<DirectoryReading> {
  const state = await directory.state();
  if (directoryState(state) !== 'off') {
    log.warn({ err: error }, NOT_ALLOWED_WARNING);
    await turnOff(directory);
  }
  return { added: 0, removed: 0, refreshed: 0, users: state.users, list: 'off' };
}

const NOT_ALLOWED_WARNING =
  'The credentials may not list and read Onezone’s users, so nobody is found by e-mail and people have to be linked by id. ' +
  'To change that, give the account oz_users_list and oz_users_view, and a confined token ' +
  'ozw/get/user.null.list:private and ozw/get/user.*.instance:protected';

function* chunks(
  ids: readonly OnezoneId[],
  { batch = 200 }: ReadDirectory,
): Generator<readonly OnezoneId[]> {
  for (let start = 0; start < ids.length; start += batch) yield ids.slice(start, start + batch);
}
