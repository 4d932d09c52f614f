import { isNotFound } from '../../onezone/errors.js';
import type { HandleService, Onezone } from '../../onezone/onezone.js';
import type { RegisterRequest } from './ask.js';

/** Clocks of two hosts differ; a service made this long before we began is still ours. */
const CLOCK_SKEW_MS = 120_000;

/**
 * The service that a lost answer was about: not there before, of the name that was asked for, and, where the token may read it,
 * created by us since we began. Registrations of ours run one at a time, so there can be no other.
 */
export async function findRegistered(
  onezone: Onezone,
  request: RegisterRequest,
): Promise<string | null> {
  const before = new Set(request.body.servicesBefore);
  const { me } = await onezone.connect();
  const since = (request.startedAt?.getTime() ?? 0) - CLOCK_SKEW_MS;
  for (const id of await onezone.listHandleServices()) {
    if (before.has(id)) continue;
    const seen = await readOrNull(onezone, id);
    if (seen === null) continue;
    const ours = seen.creator === null || seen.creator === me.id;
    const recent = seen.creationTime === null || seen.creationTime.getTime() >= since;
    if (seen.name === request.ask.name && ours && recent) return id;
  }
  return null;
}

/** null: it was deleted between the list and this call. */
async function readOrNull(onezone: Onezone, id: string): Promise<HandleService | null> {
  try {
    return await onezone.handleService(id);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
