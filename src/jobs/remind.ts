import { commit } from '../commit.js';
import { remind } from '../requests/lifecycle.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { load } from './load.js';

export async function remindJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  const step = request === null ? null : remind(request, services.now());
  if (step !== null) await commit(services, step);
}
