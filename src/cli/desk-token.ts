import { dutiesOf } from '../doctor/duties.js';
import { asEntry, operationsLacking, operationsNeeded } from '../onezone/needs.js';
import type { NewCaveat, TokenMaker } from '../onezone/new-token.js';
import type { Credentials, ZoneInfo } from '../onezone/onezone.js';
import type { Policy } from '../requests/policy.js';

const DAY_S = 24 * 3_600;
/** The longest that Onezone gives a temporary token. */
export const MAX_TEMPORARY_DAYS = 30;

/** What confines a token to what this policy needs in this zone, and to so many days. */
export function caveatsFor(
  policy: Policy,
  zone: Pick<ZoneInfo, 'model' | 'version'>,
  { days, now }: { readonly days: number; readonly now: Date },
): readonly NewCaveat[] {
  return [
    { type: 'time', validUntil: Math.floor(now.getTime() / 1000) + days * DAY_S },
    { type: 'interface', interface: 'rest' },
    { type: 'service', whitelist: ['ozw-onezone'] },
    { type: 'api', whitelist: operationsNeeded(dutiesOf(policy), zone).map(asEntry) },
  ];
}

/** Why the token that was given is no use, or null: more caveats cannot give it what it lacks. */
export function tooNarrow({ token, me, ...zone }: ZoneInfo, policy: Policy): string | null {
  if (token === null) return null;
  const needed = operationsNeeded(dutiesOf(policy), zone);
  const lacking = operationsLacking(needed, token, me.id).map(asEntry);
  if (lacking.length === 0) return null;
  return `The token that was given leaves out ${lacking.join(', ')}, and cannot be widened. Give a wider one, or a password.`;
}

export interface MadeToken {
  readonly token: string;
  /** How it came about, for a person. */
  readonly how: string;
}

/** From a password: a token of its own. From a token: the same one, confined. */
export async function makeToken(
  maker: TokenMaker,
  credentials: Credentials,
  wish: {
    readonly caveats: readonly NewCaveat[];
    readonly name: string;
    readonly temporary: boolean;
  },
): Promise<MadeToken> {
  if ('token' in credentials) {
    const token = await maker.confined(credentials.token, wish.caveats);
    return { token, how: 'The token that was given was narrowed; it stays valid itself.' };
  }
  if (wish.temporary) {
    const token = await maker.temporary(wish.caveats);
    return { token, how: 'A temporary token was made.' };
  }
  const token = await maker.named(wish.name, wish.caveats);
  return { token, how: `The token “${wish.name}” was made; it can be revoked in Onezone.` };
}

/** Names of tokens are unique for each account. */
export const tokenName = (now: Date): string =>
  `handle desk ${now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-')}`;
