import type { Logger } from 'pino';
import type { Onezone, ZoneInfo } from '../onezone/onezone.js';
import { NEWEST_VOCABULARY, privilegesFor } from '../onezone/privileges.js';
import type { Level } from '../requests/level.js';

/** What messages need to know of the zone. Until the first successful connection, the newest Onezone is assumed. */
export interface Zone {
  readonly url: string;
  readonly name: () => string | null;
  /** The privileges of a level, as the zone calls them. */
  readonly privileges: (level: Level) => readonly string[];
  /** Connects and logs what was found, for operators. Never throws. */
  readonly report: (log: Logger) => Promise<void>;
}

export function createZone({
  onezone,
  url,
}: {
  readonly onezone: Pick<Onezone, 'connect' | 'known'>;
  readonly url: string;
}): Zone {
  return {
    url,
    name: () => onezone.known()?.name ?? null,
    privileges: (level) => privilegesFor(level, onezone.known()?.privileges ?? NEWEST_VOCABULARY),
    report: async (log) => {
      try {
        logConnection(await onezone.connect(), log);
      } catch (err) {
        log.warn({ err }, 'Onezone cannot be reached yet; requests are kept until it can');
      }
    },
  };
}

const TOKEN_WARNING_MS = 14 * 24 * 3_600_000;

function logConnection(zone: ZoneInfo, log: Logger): void {
  const { apiUrl, version, model, me, token } = zone;
  log.info(
    { apiUrl, version, model, user: me.id, caveats: token?.caveats.map(({ type }) => type) },
    'connected to Onezone',
  );
  if (zone.lacking.length > 0) {
    log.warn(
      { lacking: zone.lacking, model },
      'the Onezone account lacks privileges that the desk needs',
    );
  }
  const expires = token?.expiresAt ?? null;
  if (expires !== null && expires.getTime() < Date.now() + TOKEN_WARNING_MS) {
    log.warn({ expires }, 'the Onezone token ends soon');
  }
}
