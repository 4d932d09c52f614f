import type { Migration } from 'kysely';
import type { Engine } from '../database.js';
import { init } from './0001-init.js';
import { accesses } from './0002-accesses.js';
import { linkHistory } from './0003-link-history.js';

/** In this order, each once, never changed after a release: databases remember the names. */
export const migrations = (engine: Engine): Readonly<Record<string, Migration>> => ({
  '0001-init': init(engine),
  '0002-accesses': accesses(engine),
  '0003-link-history': linkHistory(engine),
});
