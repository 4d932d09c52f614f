import type { Directory } from '../store/store.js';

/**
 * `unread`: not every user was read yet, so nobody can say who someone is. `off`: the zone does not let the credentials
 * list its users, and waiting will not change that. `complete`: who is not in the directory is not in the zone.
 */
export type DirectoryIs = 'unread' | 'off' | 'complete';

/**
 * Stored where the date of completeness goes, because every replica has to know it and only one of them asks the zone.
 * No real reading is as old.
 */
const OFF = new Date(1);

export function directoryIs({ completeAt }: { readonly completeAt: Date | null }): DirectoryIs {
  if (completeAt === null) return 'unread';
  return completeAt.getTime() === OFF.getTime() ? 'off' : 'complete';
}

/** Until the next complete reading. */
export async function turnOff(directory: Pick<Directory, 'markComplete'>): Promise<void> {
  await directory.markComplete(OFF);
}
