import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { privilegesFor } from '../../onezone/privileges.js';
import { progress, settleGrant, startGrant } from '../../requests/lifecycle.js';
import type { Beneficiary, GrantRequest } from '../../requests/request.js';
import { matches } from '../../requests/decide.js';
import type { Step } from '../../requests/step.js';
import { endOf } from '../../requests/until.js';
import type { Services } from '../../services.js';
import { type Gift, give, receiptOf } from './give.js';
import { previewGrant } from './preview.js';

/** So many people have their outcome between two commits: a crash repeats at most these, and the message moves on. */
const STRIDE = 5;

/** So long one person's answer may be missing while the others' are there; then it is said to be unclear. */
const PATIENCE_FOR_ONE = 3_600_000;

/**
 * Reads what is there, stores it together with the job that will end the grant, then gives access person by person and reads each back.
 * May be cut off anywhere and run again.
 */
export async function carryOutGrant(services: Services, request: GrantRequest): Promise<void> {
  const resumed = request.status === 'carrying out';
  const started = resumed ? request : await start(services, request);
  const { privileges: vocabulary } = await services.onezone.connect();
  const supportId = services.newSupportId();
  const gift: Gift = {
    service: request.service,
    privileges: privilegesFor(request.ask.level, vocabulary),
    resumed,
    now: services.now,
    onDenied: (err, person) => {
      services.log.error({ err, request: request.id, person, supportId }, 'one person got nothing');
    },
  };
  const told = { gift, supportId };
  if (resumed && isOver(started, services.now())) {
    await settle(services, started, { people: asUnclear(started.people, gift), supportId });
  } else {
    await giveAll(services, started, told);
  }
}

/** A few at a time, each few kept before the next. One whose answer is missing does not hold up the others. */
async function giveAll(
  services: Services,
  started: GrantRequest,
  { gift, supportId }: { readonly gift: Gift; readonly supportId: string },
): Promise<void> {
  let current = started;
  let failure: Error | null = null;
  const tried = new Set<string>();
  for (;;) {
    const next = current.people
      .filter((it) => isWaiting(it) && !tried.has(it.slack))
      .slice(0, STRIDE);
    for (const it of next) tried.add(it.slack);
    const given = await giveEach(services, next, gift);
    failure ??= given.failure;
    const people = withPatience(services, current, { given: given.people, gift });
    if (!people.some(isWaiting)) return settle(services, current, { people, supportId });
    if (given.people.length > 0)
      current = await keep(services, progress(current, people, services.now()));
    if (failure !== null && (given.people.length === 0 || next.length === 0)) throw failure;
  }
}

async function giveEach(
  services: Services,
  people: readonly Beneficiary[],
  gift: Gift,
): Promise<{ readonly people: readonly Beneficiary[]; readonly failure: Error | null }> {
  const outcomes = await Promise.allSettled(
    people.map(async (it): Promise<Beneficiary> => ({
      ...it,
      outcome: await give(services.onezone, it, gift),
    })),
  );
  const failed = outcomes.find((it) => it.status === 'rejected');
  const reason: unknown = failed?.reason;
  return {
    people: outcomes.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : [])),
    failure:
      failed === undefined ? null : reason instanceof Error ? reason : new Error(String(reason)),
  };
}

/** Everyone as they stand now. Who still waits long after the others have their answer is unclear, and no longer waited for. */
function withPatience(
  services: Services,
  request: GrantRequest,
  { given, gift }: { readonly given: readonly Beneficiary[]; readonly gift: Gift },
): readonly Beneficiary[] {
  const people = request.people.map((it) => given.find((other) => other.slack === it.slack) ?? it);
  const since = services.now().getTime() - (request.startedAt?.getTime() ?? 0);
  const others = people.some((it) => it.outcome.kind === 'active');
  return since > PATIENCE_FOR_ONE && others ? asUnclear(people, gift) : people;
}

const isWaiting = (it: Beneficiary): boolean => it.outcome.kind === 'waiting';

const isOver = ({ end }: GrantRequest, now: Date): boolean => end !== null && end <= now;

/** Nobody knows what became of those who still wait; their end takes back whatever it was. */
export function asUnclear(
  people: readonly Beneficiary[],
  { privileges }: Pick<Gift, 'privileges'>,
): Beneficiary[] {
  return people.map((it): Beneficiary => {
    if (!isWaiting(it)) return it;
    const receipt = receiptOf(it.before ?? null, privileges);
    return { ...it, outcome: { kind: 'unclear', saw: 'no answer', receipt } };
  });
}

async function start(services: Services, request: GrantRequest): Promise<GrantRequest> {
  const now = services.now();
  const end = endOf(request.ask.until, now);
  if (end !== null && end <= now) throw refusals.tooLate(request.id);
  const { people } = await readBefore(services, request);
  mustBeConfirmed(request, people);
  mustBeWhoWasApproved(request, people);
  return keep(services, startGrant(request, people, { now, end }));
}

/** Whom nobody could name when it was asked may turn out to be known only by e-mail, and where nobody agrees nobody confirms that. */
function mustBeConfirmed({ approval }: GrantRequest, people: readonly Beneficiary[]): void {
  const unconfirmed = people.find((it) => it.identity?.by === 'proposed');
  if (approval === null && unconfirmed !== undefined) {
    throw refusals.onlyProposed(`<@${unconfirmed.slack}>`);
  }
}

/** Between the last click and now somebody may have been linked to another Onezone user: nobody agreed to that one. */
function mustBeWhoWasApproved(request: GrantRequest, people: readonly Beneficiary[]): void {
  for (const { slack, identity } of request.people) {
    const now = people.find((it) => it.slack === slack)?.identity ?? null;
    if (identity !== null && now?.onezone !== identity.onezone) {
      throw refusals.identityChanged(`<@${slack}>`);
    }
  }
}

/** For one person the PUT itself will say whether the service is there, which saves a call. */
async function readBefore(services: Services, request: GrantRequest): Promise<GrantRequest> {
  return previewGrant(services, request, { serviceExists: request.people.length === 1 });
}

async function settle(
  services: Services,
  request: GrantRequest,
  { people, supportId }: { readonly people: readonly Beneficiary[]; readonly supportId: string },
): Promise<void> {
  const { notify, services: rules } = services.policy.current();
  const narrower = rules.filter((it) => it.notify !== null && matches(it.match, request.service));
  const channels = [notify.grants, ...narrower.map((it) => it.notify)].filter((it) => it !== null);
  const told = {
    now: services.now(),
    supportId,
    channels: [...new Set(channels)],
  };
  await commit(services, settleGrant(request, people, told));
}

async function keep(services: Services, step: Step<GrantRequest>): Promise<GrantRequest> {
  await commit(services, step);
  return step.request;
}
