import type { Api, Caller } from './caller.js';
import { credentialModel, lackingPrivileges } from './credential-model.js';
import {
  isNotFound,
  OnezoneTooOld,
  OnezoneUnreachable,
  OnezoneWrongUrl,
  type FailedCall,
} from './errors.js';
import type { OnezoneConfig, OnezoneDeps, ZoneInfo } from './onezone.js';
import { at } from './place.js';
import * as schemas from './schemas.js';
import { checkToken } from './token.js';
import { effectivePrivileges, whoAmI } from './who-am-i.js';

export interface Connection {
  readonly api: Api;
  readonly zone: ZoneInfo;
}

export async function connect(
  caller: Caller,
  config: OnezoneConfig,
  { now = () => new Date(), log }: OnezoneDeps,
): Promise<Connection> {
  const { credentials } = config;
  const { api, apiUrl, name, domain, version } = await findApi(caller, new URL(config.url));
  const privileges = await api.get(
    { at: at`/handle_services/privileges`, anonymous: true },
    schemas.vocabulary,
  );
  const checked = 'token' in credentials ? await checkToken(api, credentials.token, now) : null;
  const me = await whoAmI(api, checked?.userId ?? null);
  const ozPrivileges = await effectivePrivileges(api);
  const model = await credentialModel(api, ozPrivileges);
  const lacking = lackingPrivileges(model, ozPrivileges);
  log?.info({ apiUrl, version, user: me.id, model }, 'connected to Onezone');
  const token = checked?.token ?? null;
  return {
    api,
    zone: { apiUrl, name, domain, version, privileges, me, ozPrivileges, model, lacking, token },
  };
}

/** The second is what Onezone's documents say up to 20.02; it can exist behind a proxy that rewrites paths. */
const PREFIXES = ['/api/v3/onezone', '/api/v3'];

async function findApi(caller: Caller, { origin, pathname }: URL) {
  const given = pathname.replace(/\/+$/, '');
  let wrong: unknown;
  for (const prefix of given === '' ? PREFIXES : [given]) {
    const api = caller.under(prefix);
    const call = { method: 'GET', path: `${prefix}/configuration`, write: false };
    try {
      const { version, name = null, domain = null } = await readConfiguration(api, call);
      if (isTooOld(version)) throw new OnezoneTooOld(call, version);
      return { api, apiUrl: origin + prefix, version, name, domain };
    } catch (error) {
      if (!(error instanceof OnezoneWrongUrl)) throw error;
      wrong ??= error;
    }
  }
  throw wrong;
}

/** Without credentials, which a zone too old to understand them would refuse. */
async function readConfiguration(api: Api, call: FailedCall) {
  try {
    return await api.get({ at: at`/configuration`, anonymous: true }, schemas.configuration);
  } catch (error) {
    // Some web server's own page, or its own API: a zone always has a configuration.
    const isOther = error instanceof OnezoneUnreachable && error.kind === 'schema';
    if (isOther || isNotFound(error)) throw new OnezoneWrongUrl(call, error.status ?? 200);
    throw error;
  }
}

const OLDEST = [20, 2, 1];

/** Only of what looks like a version: a development build may be called anything. */
function isTooOld(version: string): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? OLDEST;
  const differing = OLDEST.findIndex((number, index) => number !== parts[index]);
  return differing !== -1 && (parts[differing] ?? 0) < (OLDEST[differing] ?? 0);
}
