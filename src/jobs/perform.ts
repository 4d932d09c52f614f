import type { Run } from '../changes/change.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';

/** Does the work of one job. Loads fresh state, does nothing if it is done already, may run twice; throws to be run again later. */
export type Perform = (services: Services, job: Job, run: Run) => Promise<void>;

/** The request of a job as it is now; null when the job names none, or it is gone. */
export async function loadRequest({ store }: Services, job: Job): Promise<Request | null> {
  return job.request === null ? null : store.requests.load(job.request);
}
