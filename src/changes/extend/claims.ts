import { type Access, type Claim, isLive, isOn } from '../../access/access.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { parseClaimValue } from './ask.js';

export interface ExtendableClaim {
  readonly access: Access;
  readonly claim: Claim & { readonly until: Date };
}

/** What of a person's access has an end that can be moved, ending soonest first. */
export async function extendableClaims(
  services: Services,
  slack: SlackUser,
): Promise<readonly ExtendableClaim[]> {
  const now = services.now();
  const accesses = await services.store.accesses.ofPerson(slack);
  return accesses
    .flatMap((access) => access.claims.map((claim) => ({ access, claim })))
    .flatMap(({ access, claim }) => (isExtendable(claim, slack, now) ? [{ access, claim }] : []))
    .sort((one, other) => one.claim.until.getTime() - other.claim.until.getTime());
}

/** The claim that a form names; null: it is over, has no end, or was taken away in Onezone. */
export async function claimNamed(
  services: Services,
  value: string,
): Promise<ExtendableClaim | null> {
  const { grant, slack } = parseClaimValue(value);
  const claims = await extendableClaims(services, slack);
  return claims.find(({ claim }) => claim.request === grant) ?? null;
}

function isExtendable(
  claim: Claim,
  slack: SlackUser,
  now: Date,
): claim is Claim & { readonly until: Date } {
  const { until, lost } = claim;
  const isWhole = lost.length === 0 && isOn(claim) && isLive(claim, now);
  return claim.slack === slack && until !== null && isWhole;
}
