import { createHash } from 'node:crypto';
import type { Request } from './request.js';

/**
 * Fingerprint of what a request would do, given what the zone says now: an approval is good only for the effect it was shown.
 * What does not change the effect (decisions, messages, times) is left out.
 */
export function effectOf(request: Request): string {
  const facts =
    request.change === 'grant'
      ? [
          request.service.id,
          request.service.name,
          request.ask.level,
          request.ask.until,
          request.people.map((it) => [
            it.slack,
            it.identity?.onezone ?? null,
            it.before === undefined ? 'unread' : it.before,
          ]),
        ]
      : [request.ask];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12);
}
