import type { Logger } from 'pino';
import { inParallel } from '../in-parallel.js';
import { isNotFound } from '../onezone/errors.js';
import type { HandleService, Onezone } from '../onezone/onezone.js';
import type { OnezoneId } from '../requests/request.js';
import type { KnownService, Store } from '../store/store.js';

export interface ReadServices {
  readonly onezone: Pick<Onezone, 'listHandleServices' | 'handleService'>;
  readonly store: Pick<Store, 'services'>;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Parallel calls to Onezone. */
  readonly concurrency?: number;
}

export interface ServicesReading {
  readonly services: number;
  /** Could not be read: kept as last seen, or left out if never seen. */
  readonly unread: number;
}

const SERVICES_READ_AT_ONCE = 6;

/** More than any zone has; the store requires a limit. */
const ALL_SERVICES = { limit: 100_000 };

/**
 * Onezone lists only ids, so each service is read. Services that cannot be read do not block the others; if none can,
 * throws the first error and changes nothing.
 */
export async function readServices(options: ReadServices): Promise<ServicesReading> {
  const { onezone, store, now, log, concurrency = SERVICES_READ_AT_ONCE } = options;
  const startedAt = now();
  const ids = await onezone.listHandleServices();
  const results = await inParallel(ids, concurrency, (id) => readService(options, id));
  const failed = results.filter((result) => result.kind === 'unread');
  const [first] = failed;
  if (first !== undefined) {
    if (failed.length === ids.length) throw first.error;
    log.warn({ err: first.error, unread: failed.length }, 'Some handle services cannot be read');
  }
  const known = new Map(
    (await store.services.search('', ALL_SERVICES)).map((service) => [service.id, service]),
  );
  const services = [
    ...results.flatMap((result) => latest(result, known.get(result.id))),
    // Registered after listing: would otherwise vanish from the forms until the next reading.
    ...[...known.values()].filter(({ id, readAt }) => readAt > startedAt && !ids.includes(id)),
  ];
  await store.services.replaceAll(services);
  const reading = { services: services.length, unread: failed.length };
  log.info(reading, 'Read the zone’s handle services');
  return reading;
}

type ServiceResult =
  | { readonly kind: 'read'; readonly id: OnezoneId; readonly service: KnownService }
  | { readonly kind: 'unread'; readonly id: OnezoneId; readonly error: unknown }
  | { readonly kind: 'gone'; readonly id: OnezoneId };

async function readService({ onezone, now }: ReadServices, id: OnezoneId): Promise<ServiceResult> {
  try {
    return { kind: 'read', id, service: knownService(await onezone.handleService(id), now()) };
  } catch (error) {
    return isNotFound(error) ? { kind: 'gone', id } : { kind: 'unread', id, error };
  }
}

/** The stored version is newer if we changed the service while reading the others. */
function latest(result: ServiceResult, stored: KnownService | undefined): readonly KnownService[] {
  switch (result.kind) {
    case 'gone':
      return [];
    case 'unread':
      return stored === undefined ? [] : [stored];
    case 'read':
      return [
        stored !== undefined && stored.readAt > result.service.readAt ? stored : result.service,
      ];
  }
}

const knownService = (service: HandleService, readAt: Date): KnownService => ({
  id: service.id,
  name: service.name,
  registrar: service.registrarType,
  prefix: service.prefix,
  readAt,
});
