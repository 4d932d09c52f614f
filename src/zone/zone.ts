import type { Logger } from 'pino';
import type { Onezone, ZoneInfo } from '../onezone/onezone.js';
import { privilegesFor } from '../onezone/privileges.js';
import type { Level } from '../requests/level.js';
import { NEWEST } from './vocabulary.js';

/** What messages say of the zone. Known from the first contact on; until then the newest release is assumed. */
export interface Zone {
  readonly url: string;
  readonly name: () => string | null;
  /** What a level means there, in Onezone's words. */
  readonly privileges: (level: Level) => readonly string[];
  /** Connects and logs what was found: version, who we are, which credential model, what is lacking. */
  readonly report: (log: Logger) => Promise<void>;
}

export function createZone({
  onezone,
  url,
}: {
  readonly onezone: Onezone;
  readonly url: string;
}): Zone {
  let known: ZoneInfo | null = null;
  return {
    url,
    name: () => known?.name ?? null,
    privileges: (level) => privilegesFor(level, known?.privileges ?? NEWEST),
    report: async (log) => {
      try {
        known = await onezone.connect();
        report(known, log);
      } catch (err) {
        log.warn({ err }, 'Onezone cannot be reached yet; requests are kept until it can');
      }
    },
  };
}

/** So long before its end a token is warned about. */
const SOON = 14 * 24 * 3_600_000;

function report(zone: ZoneInfo, log: Logger): void {
  const { apiUrl, version, model, me, token } = zone;
  log.info(
    { apiUrl, version, model, user: me.id, caveats: token?.caveats.map((it) => it.type) },
    'connected to Onezone',
  );
  if (zone.lacking.length > 0) {
    log.warn(
      { lacking: zone.lacking, model },
      'the Onezone account lacks privileges that the desk needs',
    );
  }
  const expires = token?.expiresAt ?? null;
  if (expires !== null && expires.getTime() < Date.now() + SOON) {
    log.warn({ expires }, 'the Onezone token ends soon');
  }
}
