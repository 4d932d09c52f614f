import { commit } from '../commit.js';
import { lapse } from '../requests/lifecycle.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { load } from './load.js';

/** Nobody decided in time. */
export async function lapseJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  const step = request === null ? null : lapse(request, services.now());
  if (step !== null) await commit(services, step);
}
