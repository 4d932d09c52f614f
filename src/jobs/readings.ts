import { readDirectory } from '../people/read-directory.js';
import { job, notice } from '../requests/jobs.js';
import type { Services } from '../services.js';
import { readServices } from '../zone/read-services.js';
import { troubleWords } from './classify.js';

const SERVICES_REFRESH_MS = 5 * 60_000;
const DIRECTORY_REFRESH_MS = 10 * 60_000;
const KEEP_DELIVERIES_MS = 24 * 3_600_000;

/** Keeps the list of handle services that forms and `/handle services` show. */
export async function readServicesJob(services: Services): Promise<void> {
  try {
    await readServices(services);
  } catch (error) {
    const { why, next } = troubleWords(error, '');
    await services.store.services.couldNotBeRead({ why, next });
    throw error;
  }
  const now = services.now();
  const next = new Date(now.getTime() + SERVICES_REFRESH_MS);
  // The same key says it once, however often it is found again.
  const broken = services.store.requests
    .unreadable()
    .map((id) => notice(unreadableWords(id), { id: `unreadable:${id}`, now }));
  await services.store.jobs.add([job('read-services', null, next), ...broken]);
}

/** Keeps our copy of Onezone's users, by which e-mail addresses are looked up. */
export async function readDirectoryJob(services: Services): Promise<void> {
  if (services.policy.current().identity.email !== 'off') await readDirectory(services);
  const { store, now } = services;
  await store.deliveries.sweep(new Date(now().getTime() - KEEP_DELIVERIES_MS));
  const next = new Date(now().getTime() + DIRECTORY_REFRESH_MS);
  await store.jobs.add([job('read-directory', null, next)]);
}

const unreadableWords = (id: string): string =>
  `The stored request ${id} cannot be read; lists leave it out, and nothing of it goes on. ` +
  'Next: the log says what is wrong with it; restore it from a backup.';
