import { refusals } from '../errors.js';
import { OnezoneError } from '../onezone/errors.js';
import type { ServiceRef } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Problems } from './form.js';

/** What a form says whose service is no longer there. */
export async function checkService({ store }: Services, id: string): Promise<Problems> {
  const known = await store.services.get(id);
  return known === null ? { service: 'This service is no longer there. Choose another.' } : {};
}

export async function knownService({ store }: Services, id: string): Promise<ServiceRef> {
  const known = await store.services.get(id);
  if (known === null) throw refusals.unknownService(id);
  return { id: known.id, name: known.name };
}

/** Reads the zone: one reading tells a missing service from a missing member for everyone. */
export async function mustExist(services: Services, service: ServiceRef): Promise<void> {
  try {
    await services.onezone.handleService(service.id);
  } catch (error) {
    if (error instanceof OnezoneError && error.errorId === 'notFound') {
      throw refusals.serviceGone(service.name);
    }
    throw error;
  }
}
