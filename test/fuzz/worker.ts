import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { properties } from './properties.js';

/** Tries every property, and says before each which it is: `npm run fuzz` ends what does not end. */
const { runs, seed, only } = z
  .object({ runs: z.number(), seed: z.number(), only: z.string() })
  .parse(workerData);

for (const { name, check } of properties) {
  if (!name.includes(only)) continue;
  parentPort?.postMessage({ begins: name });
  try {
    check({ runs, seed });
  } catch (error) {
    parentPort?.postMessage({ fails: error instanceof Error ? error.message : String(error) });
  }
}
