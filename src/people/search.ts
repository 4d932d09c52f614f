import { normaliseEmail } from '../onezone/email.js';
import type { DirectoryUser } from '../store/store.js';
import type { PeopleDeps } from './create-people.js';

/** See `People.search`. Addresses are also looked up normalised, as `j.doe@gmail.com` is stored without its dot. */
export async function search(
  { store: { directory } }: Pick<PeopleDeps, 'store'>,
  text: string,
  limit: number,
): Promise<readonly DirectoryUser[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const exact = wanted.includes('@') ? await directory.byEmail(normaliseEmail(wanted)) : [];
  const found = await directory.search(wanted, limit);
  const others = found.filter((user) => !exact.some(({ id }) => id === user.id));
  return [...exact, ...others].slice(0, limit);
}
