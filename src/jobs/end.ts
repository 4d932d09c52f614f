import { endGrant } from '../changes/grant/end.js';
import { StillUnclear } from '../changes/still-unclear.js';
import { isOvertaken } from '../errors.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { Again } from './again.js';
import { hold } from './hold.js';
import { load } from './load.js';

/** How soon to look again whether a grant whose end has come is still being carried out. */
const WAIT_FOR_GRANT = 60_000;
const LOOK_AGAIN = 5_000;

/** The time of a grant is up. Tried until Onezone has confirmed it, however long that takes. */
export async function endJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  if (request?.change !== 'grant') return;
  if (request.status === 'carrying out') {
    throw new Again(new Date(services.now().getTime() + WAIT_FOR_GRANT), 'still being carried out');
  }
  try {
    await endGrant(services, request);
  } catch (error) {
    if (error instanceof StillUnclear) {
      throw new Again(new Date(services.now().getTime() + LOOK_AGAIN), error.message);
    }
    if (!isOvertaken(error)) await hold(services, request.id, { error });
    throw error;
  }
}
