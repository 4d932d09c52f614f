import { existsSync } from 'node:fs';
import process from 'node:process';

/**
 * Reads settings from a file into the environment, where those that are set already win. The default file may be missing, one that
 * was named may not.
 */
export function loadEnvFile(named: string | undefined): void {
  const file = named ?? '.env';
  if (!existsSync(file)) {
    if (named === undefined) return;
    throw new Error(`There is no file ${file}.`);
  }
  process.loadEnvFile(file);
}
