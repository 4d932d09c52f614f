import { isNotFound, isOutage, OnezoneError } from '../../onezone/errors.js';
import type { Onezone } from '../../onezone/onezone.js';
import type { Beneficiary, Outcome, Receipt, ServiceRef } from '../../requests/request.js';
import { denialWords } from '../denial.js';
import { onezoneOf } from './preview.js';

/** What one person is to have, and where. */
export interface Gift {
  readonly service: ServiceRef;
  readonly privileges: readonly string[];
  /** Carrying out began in an earlier run, which may have reached Onezone before it was cut off. */
  readonly resumed: boolean;
  readonly now: () => Date;
  /** Onezone said no for this one person: its reason is for the log. */
  readonly onDenied: (error: OnezoneError, person: string) => void;
}

/**
 * Gives one person access and reads it back. `person.before` was stored before this is called, so that the receipt
 * is right even when this is the second try. An outage is thrown: nothing is known, the job comes again.
 */
export async function give(onezone: Onezone, person: Beneficiary, gift: Gift): Promise<Outcome> {
  try {
    const before = await addOrExtend(onezone, person, gift);
    return await readBack(onezone, person, {
      ...gift,
      receipt: receiptOf(before, gift.privileges),
    });
  } catch (error) {
    if (!(error instanceof OnezoneError) || isOutage(error)) throw error;
    gift.onDenied(error, person.slack);
    const words = denialWords(error, { service: gift.service.name, person: `<@${person.slack}>` });
    return { kind: 'failed', ...words };
  }
}

/** Returns the privileges of a membership that is not ours, as far as others gave them; null: the membership is ours. */
async function addOrExtend(
  onezone: Onezone,
  person: Beneficiary,
  gift: Gift,
): Promise<readonly string[] | null> {
  const user = onezoneOf(person);
  const before = person.before ?? null;
  // On a second run what was there before may be there no more; giving what is there already does no harm.
  const had = gift.resumed ? [] : (before ?? []);
  if (before !== null && (await extend(onezone, { ...gift, user, has: had }))) return before;
  const answer = await onezone.addUser(gift.service.id, user, gift.privileges);
  if (answer === 'added') return null;
  const has = await onezone.userPrivileges(gift.service.id, user, { serviceExists: true });
  // The privileges of a PUT that finds a member are not applied.
  await extend(onezone, { ...gift, user, has: has ?? [] });
  return isOurs(gift, has ?? []) ? null : has;
}

/** An earlier run of ours gave everything in one call; whoever lacks some of it was let in by somebody else meanwhile. */
const isOurs = (gift: Gift, has: readonly string[]): boolean =>
  gift.resumed && gift.privileges.every((it) => has.includes(it));

/** False: they are no longer a member, so there is nothing to extend. */
async function extend(
  onezone: Onezone,
  gift: Gift & { readonly user: string; readonly has: readonly string[] },
): Promise<boolean> {
  const missing = gift.privileges.filter((it) => !gift.has.includes(it));
  try {
    await onezone.changePrivileges(gift.service.id, gift.user, { grant: missing, revoke: [] });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

async function readBack(
  onezone: Onezone,
  person: Beneficiary,
  gift: Gift & { readonly receipt: Receipt },
): Promise<Outcome> {
  const { receipt } = gift;
  const user = onezoneOf(person);
  const has = await onezone.userPrivileges(gift.service.id, user, { serviceExists: true });
  if (has === null) return { kind: 'unclear', saw: 'not a member', receipt };
  if (gift.privileges.some((it) => !has.includes(it))) {
    return { kind: 'unclear', saw: has.join(', ') || 'a member without privileges', receipt };
  }
  return { kind: 'active', receipt, has: [...has], at: gift.now() };
}

/** What was really added to what was there before (null: no membership). */
export function receiptOf(
  before: readonly string[] | null,
  privileges: readonly string[],
): Receipt {
  return {
    membership: before === null,
    privileges: privileges.filter((it) => !(before ?? []).includes(it)),
  };
}
