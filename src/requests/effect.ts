import { createHash } from 'node:crypto';

/**
 * Fingerprint of what a request would do, given what the zone says now: an approval is good only for the effect it was shown.
 * `facts` are the change's own; what does not change the effect (decisions, messages, times) is not among them.
 */
export function effectOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12);
}
