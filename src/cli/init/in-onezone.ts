import type { Config } from '../../config.js';
import { dutiesOf } from '../../doctor/duties.js';
import { withoutTicks } from '../../doctor/screen.js';
import { OnezoneFailure } from '../../onezone/errors.js';
import { operationsLacking, operationsNeeded, privilegesNeeded } from '../../onezone/needs.js';
import { openTokenMaker, type TokenMaker } from '../../onezone/new-token.js';
import type { ZoneInfo } from '../../onezone/onezone.js';
import { outageWords } from '../../onezone/outage-words.js';
import type { Policy } from '../../requests/policy.js';
import { WrongAnswer } from './ask.js';

/** Connects with these credentials. Throws `WrongAnswer`. */
export async function tryOnezone(config: Config['onezone']): Promise<TokenMaker> {
  try {
    return await openTokenMaker(config);
  } catch (error) {
    if (!(error instanceof OnezoneFailure)) throw error;
    const { why, next } = outageWords(error);
    throw new WrongAnswer(withoutTicks(`${why} ${next}`));
  }
}

/** What an administrator of the zone has yet to do; null: nothing. */
export function privilegesToGive(policy: Policy, zone: ZoneInfo): string | null {
  const { ozPrivileges, model, me } = zone;
  if (ozPrivileges === null) return null;
  const lacking = privilegesNeeded(dutiesOf(policy), model).filter(
    (it) => !ozPrivileges.includes(it),
  );
  if (lacking.length === 0) return null;
  return `Have an administrator of the zone give ${me.username ?? me.id} the privileges ${lacking.join(', ')}.`;
}

/** Whether the token that is there is neither too wide nor too narrow. */
export function fits(policy: Policy, zone: ZoneInfo): boolean {
  const { token, me } = zone;
  if (!token?.caveats.some(({ type }) => type === 'api')) return false;
  return operationsLacking(operationsNeeded(dutiesOf(policy), zone), token, me.id).length === 0;
}
