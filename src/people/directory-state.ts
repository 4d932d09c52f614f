import type { Directory } from '../store/store.js';

/**
 * `unread`: not every user was read yet, so a missing user may still exist. `off`: the credentials may not list users, and
 * waiting does not help. `complete`: a user missing here is not in the zone.
 */
export type DirectoryState = 'unread' | 'off' | 'complete';

/** Stored as the completion date, to share it with the replicas that do not read the directory. Cannot be a real date. */
const OFF_MARK = new Date(1);

export function directoryState({
  completeAt,
}: {
  readonly completeAt: Date | null;
}): DirectoryState {
  if (completeAt === null) return 'unread';
  return completeAt.getTime() === OFF_MARK.getTime() ? 'off' : 'complete';
}

/** Lasts until the next complete reading. */
export async function turnOff(directory: Pick<Directory, 'markComplete'>): Promise<void> {
  await directory.markComplete(OFF_MARK);
}
