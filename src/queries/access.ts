import { type Access, type Claim, isLive, isOn } from '../access/access.js';
import { MEMBER } from '../access/privilege-set.js';
import type { ClaimShown } from '../changes/change.js';
import { claimWords, endsWords } from '../changes/words.js';
import { bold, code, type Markup, mrkdwn } from '../markup/markup.js';
import { type Level, levelWords } from '../requests/level.js';
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

/** `Use until …`, and what others took away of it. */
export const heldWords = ({ claim }: ClaimShown): Markup =>
  mrkdwn`${claimWords(claim)}${lostWords(claim)}`;

/** Empty where nothing was taken away. */
export function lostWords({ lost }: Pick<Claim, 'lost'>): Markup {
  if (lost.length === 0) return mrkdwn``;
  const taken = lost.includes(MEMBER) ? 'taken away' : 'partly taken away';
  const again = mrkdwn`${code('/handle restore')} or a new request gives it again`;
  return mrkdwn` (${taken} in Onezone by hand; ${again})`;
}

/** All that one person has on one service, as they see it: the strongest level, and how long it lasts. */
export interface Standing {
  readonly strongest: Held;
  /** What goes on after that, at a lower level; null where nothing does. */
  readonly longest: Held | null;
}

const STRENGTH: readonly Level[] = ['use', 'maintain', 'own'];
const strengthOf = ({ claim }: Held): number => STRENGTH.indexOf(claim.level);

/** One for each service, ending soonest first. */
export function byService(held: readonly Held[]): readonly Standing[] {
  const services = [...new Set(held.map(({ service }) => service.id))];
  return services.flatMap((id) => {
    const own = held.filter(({ service }) => service.id === id);
    const [strongest] = own.toSorted(
      (one, other) => strengthOf(other) - strengthOf(one) || endMs(other) - endMs(one) || 0,
    );
    const longest = own.toSorted((one, other) => endMs(other) - endMs(one) || 0)[0];
    if (strongest === undefined || longest === undefined) return [];
    return [{ strongest, longest: endMs(longest) > endMs(strongest) ? longest : null }];
  });
}

/** `Use · *DataCite* · ends 22 Feb` */
export function standingLine({ strongest, longest }: Standing): Markup {
  const { service, claim } = strongest;
  const then = longest === null ? mrkdwn`` : mrkdwn`, then ${claimWords(longest.claim)}`;
  return mrkdwn`${levelWords[claim.level].label} · ${bold(service.name)} · ${endsWords(claim)}${then}${lostWords(claim)}`;
}
