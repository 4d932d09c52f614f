import type { Logger } from 'pino';
import { isNotFound } from '../onezone/errors.js';
import type { HandleService, Onezone } from '../onezone/onezone.js';
import { inParallel } from '../people/in-parallel.js';
import type { OnezoneId } from '../requests/request.js';
import type { KnownService, Store } from '../store/store.js';

export interface ReadServices {
  readonly onezone: Pick<Onezone, 'listHandleServices' | 'handleService'>;
  readonly store: Pick<Store, 'services'>;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Calls to Onezone at a time. */
  readonly concurrency?: number;
}

export interface ServicesReading {
  readonly services: number;
  /** Could not be read: kept as they were last seen, or left out if they never were. */
  readonly unread: number;
}

/** More than any zone has; the store wants a limit. */
const ALL = { limit: 100_000 };

/**
 * Onezone lists ids only, so each service is asked for its name. One that cannot be read does not hide the others;
 * when none can, the first failure is thrown and nothing is changed.
 */
export async function readServices(options: ReadServices): Promise<ServicesReading> {
  const { onezone, store, now, log, concurrency = 6 } = options;
  const startedAt = now();
  const ids = await onezone.listHandleServices();
  const read = await inParallel(ids, concurrency, (id) => readService(options, id));
  const failed = read.filter((it) => it.kind === 'unread');
  const [first] = failed;
  if (first !== undefined) {
    if (failed.length === ids.length) throw first.error;
    log.warn({ err: first.error, unread: failed.length }, 'Some handle services cannot be read');
  }
  const known = new Map((await store.services.search('', ALL)).map((it) => [it.id, it]));
  const services = [
    ...read.flatMap((it) => current(it, known.get(it.id))),
    // Registered after the list was made: it would vanish from the forms until the next reading.
    ...[...known.values()].filter((it) => it.readAt > startedAt && !ids.includes(it.id)),
  ];
  await store.services.replaceAll(services);
  const reading = { services: services.length, unread: failed.length };
  log.info(reading, 'Read the zone’s handle services');
  return reading;
}

type Read =
  | { readonly kind: 'read'; readonly id: OnezoneId; readonly service: KnownService }
  | { readonly kind: 'unread'; readonly id: OnezoneId; readonly error: unknown }
  | { readonly kind: 'gone'; readonly id: OnezoneId };

async function readService({ onezone, now }: ReadServices, id: OnezoneId): Promise<Read> {
  try {
    return { kind: 'read', id, service: knownService(await onezone.handleService(id), now()) };
  } catch (error) {
    return isNotFound(error) ? { kind: 'gone', id } : { kind: 'unread', id, error };
  }
}

/** Of two sights of a service the later one: it may have been changed, by us, while the others were read. */
function current(read: Read, before: KnownService | undefined): readonly KnownService[] {
  switch (read.kind) {
    case 'gone':
      return [];
    case 'unread':
      return before === undefined ? [] : [before];
    case 'read':
      return [before !== undefined && before.readAt > read.service.readAt ? before : read.service];
  }
}

const knownService = (service: HandleService, readAt: Date): KnownService => ({
  id: service.id,
  name: service.name,
  registrar: service.registrarType,
  prefix: service.prefix,
  readAt,
});
