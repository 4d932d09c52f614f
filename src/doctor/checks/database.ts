import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileOf } from '../../store/look.js';
import type { Check } from '../check.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'store.database';
const DISK = 'store.disk';

export const database: Check = {
  name,
  look: async ({ config, store }) => [
    await judge(store),
    ...(await disk(fileOf(config.databaseUrl))),
  ],
};

async function judge(
  look: () => ReturnType<Parameters<Check['look']>[0]['store']>,
): Promise<Finding> {
  try {
    const found = await look();
    switch (found.kind) {
      case 'absent':
        return ok(name, `There is no database yet; the first start makes ${found.file}.`);
      case 'behind':
        return warning(name, {
          what: 'The database is of an older version.',
          why: `The next start changes its tables (${found.waiting.join(', ')}), and the older version cannot read them afterwards.`,
          fix: 'Make a backup, then start the desk.',
        });
      case 'open':
        await found.store.ping();
        return ok(name, 'The database can be written, and its tables are up to date.');
    }
  } catch (error) {
    return problem(name, {
      what: 'The database cannot be used.',
      why: error instanceof Error ? error.message : 'It does not say why.',
      fix: 'Check DATABASE_URL, and that the database runs, has room and may be written by the desk.',
    });
  }
}

const MB = 1024 * 1024;
const TOO_LITTLE_MB = 100;
const LITTLE_MB = 1000;

async function disk(file: string | null): Promise<readonly Finding[]> {
  if (file === null) return [];
  const free = await freeMb(dirname(file));
  if (free === null || free >= LITTLE_MB) {
    return free === null ? [] : [ok(DISK, `${Math.floor(free / 1000)} GB are free for it.`)];
  }
  const words = {
    what: `Only ${free} MB are free where the database is.`,
    why: 'Without room nothing can be stored, and so nothing be done.',
    fix: `Make room on the disk of ${dirname(file)}.`,
  };
  return [free < TOO_LITTLE_MB ? problem(DISK, words) : warning(DISK, words)];
}

/** Null: the folder is not there yet. */
async function freeMb(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / MB);
  } catch {
    return null;
  }
}
