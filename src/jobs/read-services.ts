import { job } from '../requests/jobs.js';
import type { Services } from '../services.js';
import { readServices } from '../zone/read-services.js';

const EVERY = 5 * 60_000;

/** Keeps the list of handle services that forms and `/handle services` show. */
export async function readServicesJob(services: Services): Promise<void> {
  await readServices(services);
  const next = new Date(services.now().getTime() + EVERY);
  await services.store.jobs.add([job('read-services', null, next)]);
}
