import { inParallel } from '../../in-parallel.js';
import type { Subject } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { identifyAgain, onezoneOf } from '../identified.js';
import { mustExist } from '../known-service.js';
import { mustHaveService } from '../on-access.js';
import type { GrantRequest } from './ask.js';

/** Onezone counts no requests, but one asker with fifty people must not take all of its workers. */
export const CALLS_AT_ONCE = 4;

/**
 * What the request would do, read from the zone without changing it: who the people are, and what they have now.
 * Throws refusals for what can never be carried out, and the client's errors for an outage.
 */
export async function previewGrant(
  services: Services,
  request: GrantRequest,
): Promise<GrantRequest> {
  const service = mustHaveService(request);
  const identified = await Promise.all(
    request.subjects.map((subject) => identifyAgain(services, subject)),
  );
  await mustExist(services, service);
  const subjects = await inParallel(
    identified,
    CALLS_AT_ONCE,
    async (subject): Promise<Subject> => {
      const before = await services.onezone.userPrivileges(service.id, onezoneOf(subject), {
        serviceExists: true,
      });
      return { ...subject, before: before === null ? null : [...before] };
    },
  );
  return { ...request, subjects: [...subjects] };
}
