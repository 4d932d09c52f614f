import { normaliseEmail } from '../onezone/email.js';
import type { DirectoryUser } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';

/** See `People.search`. A whole address is looked up in its normal form too: `j.doe@gmail.com` is kept without its dot. */
export async function search(
  { store: { directory } }: Pick<PeopleDeps, 'store'>,
  text: string,
  limit: number,
): Promise<readonly DirectoryUser[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const exact = wanted.includes('@') ? await directory.byEmail(normaliseEmail(wanted)) : [];
  const found = await directory.search(wanted, limit);
  const others = found.filter((it) => !exact.some(({ id }) => id === it.id));
  return [...exact, ...others].slice(0, limit);
}
