import { commit } from '../../commit.js';
import { isNotFound, isTokenTooNarrow, OnezoneUnreachable } from '../../onezone/errors.js';
import type { Onezone } from '../../onezone/onezone.js';
import { privilegesFor } from '../../onezone/privileges.js';
import { beginEnd, ended, inherit } from '../../requests/lifecycle.js';
import type { Beneficiary, GrantRequest, Outcome, Receipt } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { StillUnclear } from '../still-unclear.js';
import { onezoneOf } from './preview.js';

/** Takes back what this grant added and nothing else. Runs again until everyone is `ended`. */
export async function endGrant(services: Services, request: GrantRequest): Promise<void> {
  const begun = beginEnd(request, services.now());
  if (begun !== null) await commit(services, begun);
  const current = begun?.request ?? request;
  const ending = current.people.filter((it) => it.outcome.kind === 'ending');
  if (ending.length === 0) return;
  const { done, failure } = await endEach(services, current, ending);
  const people = current.people.map((it) => done.find((other) => other.slack === it.slack) ?? it);
  if (done.length > 0) await commit(services, ended(current, people, services.now()));
  if (failure !== null) throw failure;
}

/** One after the other: two people may have to be handed over to the same other grant. One who cannot be ended now does not hold up the rest. */
async function endEach(
  services: Services,
  request: GrantRequest,
  ending: readonly Beneficiary[],
): Promise<{ readonly done: readonly Beneficiary[]; readonly failure: Error | null }> {
  const done: Beneficiary[] = [];
  let failure: Error | null = null;
  for (const it of ending) {
    try {
      done.push({ ...it, outcome: await endOne(services, request, it) });
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      // Nobody answers: asking for everyone else would only take longer.
      if (error instanceof OnezoneUnreachable) break;
    }
  }
  return { done, failure };
}

async function endOne(
  services: Services,
  request: GrantRequest,
  person: Beneficiary,
): Promise<Outcome> {
  if (person.outcome.kind !== 'ending') return person.outcome;
  const at = services.now();
  const { receipt } = person.outcome;
  const owed = { person, receipt };
  try {
    const left = (await handOver(services, request, owed))
      ? 'access by another request'
      : await takeBack(services, request, owed);
    return { kind: 'ended', at, left };
  } catch (error) {
    // With the service or the membership gone there is nothing left to take away.
    if (isNotFound(error)) return { kind: 'ended', at, left: 'nothing' };
    throw error;
  }
}

interface Owed {
  readonly person: Beneficiary;
  readonly receipt: Receipt;
}

/** Another grant of ours still gives this person access to this service: it inherits what this one added, and its own end takes it away. */
async function handOver(services: Services, request: GrantRequest, owed: Owed): Promise<boolean> {
  const heirs = await heirsOf(services, request, owed.person);
  const [heir] = heirs;
  if (heir === undefined) return false;
  const { privileges: vocabulary } = await services.onezone.connect();
  const needed = heirs.flatMap((it) => privilegesFor(it.ask.level, vocabulary));
  const surplus = owed.receipt.privileges.filter((it) => !needed.includes(it));
  const privileges = owed.receipt.privileges.filter((it) => needed.includes(it));
  const inherited = { membership: owed.receipt.membership, privileges };
  const step = inherit(heir, owed.person.slack, inherited, services.now());
  if (step !== null) await commit(services, step);
  await services.onezone.changePrivileges(request.service.id, onezoneOf(owed.person), {
    grant: [],
    revoke: surplus,
  });
  return true;
}

/** Other grants by which the same Onezone user has access to the same service. */
async function heirsOf(
  { store }: Services,
  request: GrantRequest,
  { slack, identity }: Beneficiary,
): Promise<readonly GrantRequest[]> {
  const others = await store.requests.find({
    beneficiary: slack,
    service: request.service.id,
    active: true,
  });
  const isHeir = (it: Beneficiary): boolean =>
    it.slack === slack &&
    it.outcome.kind === 'active' &&
    it.identity?.onezone === identity?.onezone;
  return others
    .filter((it) => it.change === 'grant')
    .filter((it) => it.id !== request.id && it.people.some(isHeir));
}

type Left = Extract<Outcome, { kind: 'ended' }>['left'];

async function takeBack(
  { onezone }: Services,
  request: GrantRequest,
  { person, receipt }: Owed,
): Promise<Left> {
  const { id } = request.service;
  const user = onezoneOf(person);
  const has = await onezone.userPrivileges(id, user);
  const foreign = (has ?? []).filter((it) => !receipt.privileges.includes(it));
  if (has !== null && (!receipt.membership || foreign.length > 0)) {
    const revoke = receipt.privileges.filter((it) => has.includes(it));
    await onezone.changePrivileges(id, user, { grant: [], revoke });
    return receipt.membership ? 'what others gave' : 'what was there before';
  }
  if (has !== null) await onezone.removeUser(id, user, { serviceExists: true });
  if (!(await isStillIn(onezone, id, user))) return 'nothing';
  // Right after a removal Onezone may still count what it has just taken away: it is asked again a little later.
  if (has !== null) throw new StillUnclear('Onezone still counts a membership that was removed.');
  return 'access through a group';
}

/** A token can be too narrow to see who is in through a group; that they are no member themselves it always shows. */
async function isStillIn(onezone: Onezone, id: string, user: string): Promise<boolean> {
  const known = { serviceExists: true };
  try {
    return (await onezone.effectivePrivileges(id, user, known)) !== null;
  } catch (error) {
    if (!isTokenTooNarrow(error)) throw error;
    return (await onezone.userPrivileges(id, user, known)) !== null;
  }
}
