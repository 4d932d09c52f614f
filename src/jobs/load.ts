import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';

/** The request of a job as it is now; null when the job names none, or it is gone. */
export async function load({ store }: Services, job: Job): Promise<Request | null> {
  return job.request === null ? null : store.requests.load(job.request);
}
