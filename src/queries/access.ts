import { type Access, isLive, isOn } from '../access/access.js';
import { MEMBER } from '../access/privilege-set.js';
import type { ClaimShown } from '../changes/change.js';
import { claimWords } from '../changes/words.js';
import { bold, code, type Markup, mrkdwn } from '../markup/markup.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';

/** Part of somebody's access, and the Onezone user to whom it was given. */
export interface Held extends ClaimShown {
  readonly onezone: OnezoneId;
}

/** What someone has through the desk now, ending soonest first. */
export async function accessOf(
  { store, now }: Pick<Services, 'store' | 'now'>,
  slack: SlackUser,
): Promise<readonly Held[]> {
  const held = heldBy(await store.accesses.ofPerson(slack), now());
  return held.filter(({ claim }) => claim.slack === slack);
}

/** Who has access to a service through the desk, ending soonest first. */
export async function accessTo(
  { store, now }: Pick<Services, 'store' | 'now'>,
  service: OnezoneId,
): Promise<readonly Held[]> {
  return heldBy(await store.accesses.ofService(service), now());
}

/** What was asked of Onezone and not read back is nobody's yet. */
function heldBy(accesses: readonly Access[], now: Date): readonly Held[] {
  return accesses
    .flatMap(({ service, onezone, claims }) => claims.map((claim) => ({ service, onezone, claim })))
    .filter(({ claim }) => isLive(claim, now) && isOn(claim))
    .sort((one, other) => endMs(one) - endMs(other) || 0);
}

const endMs = ({ claim }: ClaimShown): number => claim.until?.getTime() ?? Infinity;

/** `*DataCite*: Use until …` */
export const accessLine = (shown: ClaimShown): Markup =>
  mrkdwn`${bold(shown.service.name)}: ${heldWords(shown)}`;

/** `Use until …`, and what others took away of it. */
export function heldWords({ claim }: ClaimShown): Markup {
  if (claim.lost.length === 0) return claimWords(claim);
  const taken = claim.lost.includes(MEMBER) ? 'taken away' : 'partly taken away';
  const again = mrkdwn`${code('/handle restore')} or a new request gives it again`;
  return mrkdwn`${claimWords(claim)} (${taken} in Onezone by hand; ${again})`;
}
