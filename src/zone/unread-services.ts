import type { ReadingTrouble, Store } from '../store/store.js';

/** Why the zone's handle services are not known. */
export type Unread = ReadingTrouble;

const SOON: Unread = {
  why: 'The desk has just begun to read them.',
  next: 'Try again in a moment.',
};

/** Null: they have been read at least once, so that what is not among them is not there. */
export async function unreadServices({
  services,
}: Pick<Store, 'services'>): Promise<Unread | null> {
  const { readAt, trouble } = await services.reading();
  return readAt === null ? (trouble ?? SOON) : null;
}
