import { path } from './api-path.js';
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
    { path: path`/handle_services/privileges`, anonymous: true },
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

/** Onezone's documentation up to 20.02 names the second; a proxy that rewrites paths may still serve it. */
const API_PREFIXES = ['/api/v3/onezone', '/api/v3'];

async function findApi(caller: Caller, { origin, pathname }: URL) {
  const given = pathname.replace(/(?<!\/)\/+$/, '');
  let firstWrongUrl: unknown;
  for (const prefix of given === '' ? API_PREFIXES : [given]) {
    const api = caller.under(prefix);
    const call = { method: 'GET', path: `${prefix}/configuration`, write: false };
    try {
      const { version, name = null, domain = null } = await readConfiguration(api, call);
      if (isTooOld(version)) throw new OnezoneTooOld(call, version);
      return { api, apiUrl: origin + prefix, version, name, domain };
    } catch (error) {
      if (!(error instanceof OnezoneWrongUrl)) throw error;
      firstWrongUrl ??= error;
    }
  }
  throw firstWrongUrl;
}

/** Anonymous: a zone too old for our credentials would refuse them, and could then not tell its version. */
async function readConfiguration(api: Api, call: FailedCall) {
  try {
    return await api.get({ path: path`/configuration`, anonymous: true }, schemas.configuration);
  } catch (error) {
    // Every Onezone has a configuration, so another web server or API is listening here.
    const isOtherServer = error instanceof OnezoneUnreachable && error.kind === 'schema';
    if (isOtherServer || isNotFound(error)) throw new OnezoneWrongUrl(call, error.status ?? 200);
    throw error;
  }
}

const OLDEST_VERSION = [20, 2, 1];

/** Development builds may have any name, so whatever is not a version number counts as new enough. */
function isTooOld(version: string): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? OLDEST_VERSION;
  const differing = OLDEST_VERSION.findIndex((number, index) => number !== parts[index]);
  return differing !== -1 && (parts[differing] ?? 0) < (OLDEST_VERSION[differing] ?? 0);
}
