import { commit } from '../../commit.js';
import { OutcomePending, refusals } from '../../errors.js';
import { isNotAllowed, isNotFound, isOutage, mayHaveHappened } from '../../onezone/errors.js';
import type { HandleService, NewHandleService } from '../../onezone/onezone.js';
import { readAccount } from '../../policy/accounts.js';
import { record, settle, start, unsend } from '../../requests/by-jobs.js';
import { job } from '../../requests/jobs.js';
import { serviceOf, type ServiceRef } from '../../requests/request.js';
import type { Step } from '../../requests/step.js';
import type { Services } from '../../services.js';
import type { Run } from '../change.js';
import type { RegisterRequest } from './ask.js';
import { findRegistered } from './find.js';
import { endUnclear, type SeenOtherwise } from './seen-otherwise.js';

/**
 * An answer that was lost is looked for this long before the service is registered once more:
 * Onezone may still be working on a call whose connection broke.
 */
const LOOK_FOR_LOST_MS = 20_000;
/** In all. A Onezone that breaks at every try may leave something behind each time. */
const MAX_ATTEMPTS = 3;

/**
 * Registers a handle service once. Names are not unique in Onezone, so the call is never blindly repeated: what existed before
 * is stored first, and after a lost answer the new service is found among the others.
 */
export async function carryOutRegister(
  services: Services,
  request: RegisterRequest,
  run: Run,
): Promise<void> {
  if (request.status !== 'approved' && request.status !== 'carrying out') return;
  const known = serviceOf(request);
  if (known !== null) return readBack(services, request, known);
  if (request.status === 'approved') return register(services, await begin(services, request), run);
  const id = await findRegistered(services.onezone, request);
  if (id !== null) return keepAndRead(services, request, id);
  const since = request.startedAt?.getTime() ?? 0;
  if (services.now().getTime() < since + LOOK_FOR_LOST_MS) {
    throw new OutcomePending(
      'The answer to the registration was lost, and the service has not shown up yet.',
    );
  }
  if (request.body.attempts >= MAX_ATTEMPTS) throw refusals.notConfirmed(request.ask.name);
  return register(services, await begin(services, request), run);
}

async function begin(services: Services, request: RegisterRequest): Promise<RegisterRequest> {
  const servicesBefore = [...(await services.onezone.listHandleServices())];
  const body = { servicesBefore, attempts: request.body.attempts + 1 };
  const detail = { services: servicesBefore.length };
  return keep(services, start(request, { body }, { now: services.now(), detail }));
}

async function register(
  services: Services,
  request: RegisterRequest,
  { fence }: Run,
): Promise<void> {
  const { body } = request;
  const service = await askedFor(services, request);
  // The call cannot be taken back: a worker that was stalled until another took over must not make it.
  await fence.mustHold();
  try {
    const { id } = await services.onezone.createHandleService(service);
    await keepAndRead(services, request, id);
  } catch (error) {
    if (!mayHaveHappened(error) && isOutage(error)) {
      const unsent = { servicesBefore: null, attempts: body.attempts - 1 };
      await commit(services, unsend(request, unsent, services.now()));
    }
    throw error;
  }
}

/** What is sent to Onezone, credentials included: never stored, never shown. */
async function askedFor(services: Services, { ask }: RegisterRequest): Promise<NewHandleService> {
  const credential = await readAccount(services.policy.current(), ask.account, services.secrets);
  const { name, proxyEndpoint } = ask;
  const serviceProperties = { type: ask.registrar, ...ask.properties, ...credential };
  return { name, proxyEndpoint, serviceProperties };
}

/** The id is stored before anything else is asked, so that nothing is looked for that was already found. */
async function keepAndRead(
  services: Services,
  request: RegisterRequest,
  id: string,
): Promise<void> {
  // An id of what was there before is no id of ours, and must not become what people are given access to.
  if (request.body.servicesBefore?.includes(id) === true) {
    return endUnclear(services, request, { kind: 'existed before', id });
  }
  const service = { id, name: request.ask.name };
  const step = record(request, { service }, { now: services.now(), detail: { ...service } });
  await readBack(services, await keep(services, step), service);
}

async function readBack(
  services: Services,
  request: RegisterRequest,
  { id }: ServiceRef,
): Promise<void> {
  const seen = await compare(services, request, id);
  if ('kind' in seen) return endUnclear(services, request, seen);
  const now = services.now();
  const { registrar, proxyEndpoint } = request.ask;
  await services.store.services.put({
    id: seen.id,
    name: seen.name,
    registrar: seen.registrarType ?? registrar,
    prefix: seen.prefix ?? null,
    readAt: now,
  });
  await commit(
    services,
    settle(
      request,
      {
        service: { id: seen.id, name: seen.name },
        body: { ...request.body, servicesBefore: null },
      },
      {
        now,
        supportId: services.newSupportId(),
        detail: { proxyEndpoint, registrar },
        jobs: [job('read-services', null, now)],
      },
    ),
  );
}

/** What Onezone shows of the new service, if it is the one that was asked for. */
async function compare(
  services: Services,
  request: RegisterRequest,
  id: string,
): Promise<HandleService | SeenOtherwise> {
  const asked = await askedFor(services, request);
  try {
    const [{ differing, ...seen }, { me }] = await Promise.all([
      services.onezone.compareHandleService(id, asked),
      services.onezone.connect(),
    ]);
    const isOurs = seen.creator === null || seen.creator === me.id;
    const fields = [...(differing ?? []), ...(isOurs ? [] : ['creator'])];
    return fields.length === 0 ? seen : { kind: 'differs', id, fields };
  } catch (error) {
    if (isNotFound(error) || isNotAllowed(error)) return { kind: 'not shown', id, error };
    throw error;
  }
}

async function keep(services: Services, step: Step<RegisterRequest>): Promise<RegisterRequest> {
  await commit(services, step);
  return step.request;
}
