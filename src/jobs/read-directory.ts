import { readDirectory } from '../people/read-directory.js';
import { job } from '../requests/jobs.js';
import type { Services } from '../services.js';

const EVERY = 10 * 60_000;

/** Keeps our copy of Onezone's users, by which e-mail addresses are looked up. */
export async function readDirectoryJob(services: Services): Promise<void> {
  if (services.policy.current().identity.email !== 'off') await readDirectory(services);
  const { store, now } = services;
  await store.deliveries.sweep(new Date(now().getTime() - 24 * 3_600_000));
  await store.jobs.add([job('read-directory', null, new Date(now().getTime() + EVERY))]);
}
