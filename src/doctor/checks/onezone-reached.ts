import {
  isOutage,
  OnezoneAuthError,
  OnezoneError,
  OnezoneTooOld,
  OnezoneUnreachable,
  OnezoneWrongUrl,
} from '../../onezone/errors.js';
import type { ZoneInfo } from '../../onezone/onezone.js';
import { outageWords } from '../../onezone/outage-words.js';
import type { Check } from '../check.js';
import { type Finding, ok, problem } from '../finding.js';

const name = 'onezone.reached';

/** Address, API prefix, version and credentials: one connection finds out about all of them, and the first that is wrong is told. */
export const onezoneReached: Check = {
  name,
  look: async ({ zone }) => {
    try {
      return good(await zone.connect());
    } catch (error) {
      return [bad(error)];
    }
  },
};

function good(zone: ZoneInfo): readonly Finding[] {
  const who = zone.me.username ?? zone.me.id;
  const how = zone.token === null ? 'by password' : 'by token';
  return [
    ok(name, `Onezone ${zone.version} answers at \`${zone.apiUrl}\`.`),
    ok('onezone.credentials', `It takes the desk for \`${who}\`, ${how}, as ${MODEL[zone.model]}.`),
  ];
}

const MODEL: Readonly<Record<ZoneInfo['model'], string>> = {
  admin: 'an administrator of all handle services',
  membership: 'a member of some handle services',
};

function bad(error: unknown): Finding {
  if (!isKnown(error)) throw error;
  const { why, next } = outageWords(error);
  const isCredentials = error instanceof OnezoneAuthError;
  return problem(isCredentials ? 'onezone.credentials' : name, {
    what: isCredentials
      ? 'Onezone does not take the desk’s credentials.'
      : 'The desk cannot work with Onezone.',
    why,
    fix: next,
    ...(isOutage(error) ? { told: 'elsewhere' as const } : {}),
  });
}

const isKnown = (error: unknown) =>
  error instanceof OnezoneAuthError ||
  error instanceof OnezoneError ||
  error instanceof OnezoneTooOld ||
  error instanceof OnezoneUnreachable ||
  error instanceof OnezoneWrongUrl;
