import { createHash } from 'node:crypto';
import type { RequestId } from './request.js';

/** Without I, L, O and U: nobody confuses them with digits or reads a word. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id of the request that a delivery of Slack makes. A redelivery makes the same one and so finds the first.
 * `salt` is for the rare case that two deliveries share an id (40 bits).
 */
export function requestIdOf(delivery: string, salt = 0): RequestId {
  const digest = createHash('sha256').update(`${delivery}#${salt}`).digest();
  const letters = [...digest.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `R-${letters.join('')}`;
}
