import { inParallel } from '../../in-parallel.js';
import { isNotAllowed, isOutage, OnezoneAuthError } from '../../onezone/errors.js';
import type { OnezoneId, SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';

const CALLS_AT_ONCE = 4;
/** More addresses than anybody has: each is a question to Slack. */
const MAX_ADDRESSES = 20;

/**
 * Why linking somebody to this Onezone user takes a second person, as a sentence; null: it does not. Throws the client's errors,
 * and `ChatError`.
 */
export async function whySecond(
  services: Pick<Services, 'onezone' | 'chat'>,
  { slack, onezone }: { readonly slack: SlackUser; readonly onezone: OnezoneId },
): Promise<string | null> {
  const { me } = await services.onezone.connect();
  if (me.id === onezone) return 'The desk itself works as this Onezone user.';
  const isAdmin = await administers(services, onezone);
  if (isAdmin === null) {
    return 'The desk may not read whether this Onezone user is an administrator of the zone.';
  }
  if (isAdmin) return 'This Onezone user has administrator privileges in the zone.';
  const others = await ownersOfAddresses(services, onezone);
  const other = others.find((owner) => owner !== slack);
  return other === undefined
    ? null
    : `An e-mail address of this Onezone user is that of <@${other}> in Slack.`;
}

/** The same where it can wait: carrying out asks again, and waits for an answer. */
export async function whySecondIfKnown(
  services: Pick<Services, 'onezone' | 'chat' | 'log'>,
  pair: { readonly slack: SlackUser; readonly onezone: OnezoneId },
): Promise<string | null> {
  try {
    return await whySecond(services, pair);
  } catch (error) {
    if (!isOutage(error) && !(error instanceof OnezoneAuthError)) throw error;
    services.log.warn({ err: error }, 'not known yet whether a link takes a second person');
    return null;
  }
}

/** Null: the desk may not know. */
async function administers(
  { onezone }: Pick<Services, 'onezone'>,
  id: OnezoneId,
): Promise<boolean | null> {
  try {
    return (await onezone.ozPrivilegesOf(id)).length > 0;
  } catch (error) {
    if (isNotAllowed(error)) return null;
    throw error;
  }
}

async function ownersOfAddresses(
  { onezone, chat }: Pick<Services, 'onezone' | 'chat'>,
  id: OnezoneId,
): Promise<readonly SlackUser[]> {
  const { emails, linkedEmails } = await onezone.user(id);
  const all = [...new Set([...emails, ...linkedEmails])].slice(0, MAX_ADDRESSES);
  const owners = await inParallel(all, CALLS_AT_ONCE, (email) => chat.ownerOfEmail(email));
  return owners.filter((owner) => owner !== null);
}
