import { path } from './api-path.js';
import { createCaller } from './caller.js';
import { connect } from './connect.js';
import type { OnezoneConfig, OnezoneDeps, ZoneInfo } from './onezone.js';
import { newToken } from './schemas.js';

/** A caveat as it is sent. */
export type NewCaveat =
  | { readonly type: 'time'; readonly validUntil: number }
  | { readonly type: 'interface'; readonly interface: 'rest' }
  | { readonly type: 'service' | 'api'; readonly whitelist: readonly string[] };

/** Makes tokens for the account whose credentials are given. Throws as every call of the client does. */
export interface TokenMaker {
  readonly zone: ZoneInfo;
  /** A token of a name that the account has not used yet; it stands in its list of tokens and can be revoked there. */
  readonly named: (name: string, caveats: readonly NewCaveat[]) => Promise<string>;
  /** At most 30 days; can be revoked only together with all other temporary ones. */
  readonly temporary: (caveats: readonly NewCaveat[]) => Promise<string>;
  /** The same token with more caveats. The one that was given stays valid. */
  readonly confined: (token: string, caveats: readonly NewCaveat[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openTokenMaker(
  config: OnezoneConfig,
  deps: OnezoneDeps = {},
): Promise<TokenMaker> {
  const caller = createCaller(config, deps);
  try {
    const { api, zone } = await connect(caller, config, deps);
    return {
      zone,
      named: async (name, caveats) => {
        const id = await api.create({
          path: path`/user/tokens/named`,
          body: { name, type: { accessToken: {} }, caveats },
        });
        return api.get({ path: path`/tokens/named/${id}` }, newToken);
      },
      temporary: async (caveats) => {
        const request = { path: path`/user/tokens/temporary`, body: { caveats } };
        return api.query(request, newToken);
      },
      confined: async (token, caveats) => {
        const request = { path: path`/tokens/confine`, body: { token, caveats }, anonymous: true };
        return api.query(request, newToken);
      },
      close: caller.close,
    };
  } catch (error) {
    await caller.close();
    throw error;
  }
}
