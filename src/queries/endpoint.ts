import { refusals } from '../errors.js';
import { isNotFound } from '../onezone/errors.js';
import type { Services } from '../services.js';
import type { KnownService } from '../store/store.js';

/** Read from Onezone, which alone knows it; null where that does not answer. A service that is gone is forgotten, and refused. */
export async function endpointOf(services: Services, known: KnownService): Promise<string | null> {
  try {
    return (await services.onezone.handleService(known.id)).proxyEndpoint;
  } catch (error) {
    if (isNotFound(error)) {
      await services.store.services.remove(known.id);
      throw refusals.serviceGone(known.name);
    }
    services.log.info({ err: error }, 'a service is shown without what Onezone says of it');
    return null;
  }
}
