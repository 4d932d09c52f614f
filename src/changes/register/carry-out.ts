import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { isOutage, mayHaveHappened } from '../../onezone/errors.js';
import { readAccount } from '../../policy/accounts.js';
import { notSent, registered, settleRegister, startRegister } from '../../requests/lifecycle.js';
import type { RegisterRequest } from '../../requests/request.js';
import type { Step } from '../../requests/step.js';
import type { Services } from '../../services.js';
import { StillUnclear } from '../still-unclear.js';
import { findRegistered } from './find.js';

/**
 * An answer that was lost is looked for this long before the service is registered once more:
 * Onezone may still be working on a call whose connection broke.
 */
const PATIENCE = 20_000;
/** So often, in all. A Onezone that breaks at every try may leave something behind each time. */
const MOST = 3;

/**
 * Registers a handle service once. Names are not unique in Onezone, so the call is never blindly repeated: what existed before
 * is stored first, and after a lost answer the new service is found among the others.
 */
export async function carryOutRegister(
  services: Services,
  request: RegisterRequest,
): Promise<void> {
  if (request.service !== null) return readBack(services, request);
  if (request.status !== 'carrying out') return register(services, await start(services, request));
  const id = await findRegistered(services.onezone, request);
  if (id !== null) return readBack(services, await keepId(services, request, id));
  const since = request.startedAt?.getTime() ?? 0;
  if (services.now().getTime() < since + PATIENCE) {
    throw new StillUnclear(
      'The answer to the registration was lost, and the service has not shown up yet.',
    );
  }
  if (request.attempts >= MOST) throw refusals.notConfirmed(request.ask.name);
  return register(services, await start(services, request));
}

async function start(services: Services, request: RegisterRequest): Promise<RegisterRequest> {
  const before = await services.onezone.listHandleServices();
  return keep(services, startRegister(request, before, services.now()));
}

async function register(services: Services, request: RegisterRequest): Promise<void> {
  const { ask } = request;
  const credential = await readAccount(services.policy.current(), ask.account, services.secrets);
  const serviceProperties = { type: ask.registrar, ...ask.properties, ...credential };
  try {
    const { id } = await services.onezone.createHandleService({
      name: ask.name,
      proxyEndpoint: ask.proxyEndpoint,
      serviceProperties,
    });
    await readBack(services, await keepId(services, request, id));
  } catch (error) {
    if (!mayHaveHappened(error) && isOutage(error))
      await commit(services, notSent(request, services.now()));
    throw error;
  }
}

/** The id is stored before anything else is asked, so that nothing is looked for that was already found. */
async function keepId(
  services: Services,
  request: RegisterRequest,
  id: string,
): Promise<RegisterRequest> {
  return keep(services, registered(request, { id, name: request.ask.name }, services.now()));
}

async function readBack(services: Services, request: RegisterRequest): Promise<void> {
  if (request.service === null) return;
  const seen = await services.onezone.handleService(request.service.id);
  await services.store.services.put({
    id: seen.id,
    name: seen.name,
    registrar: seen.registrarType ?? request.ask.registrar,
    prefix: seen.prefix ?? null,
    readAt: services.now(),
  });
  const service = { id: seen.id, name: seen.name };
  await commit(services, settleRegister(request, service, services.now()));
}

async function keep(services: Services, step: Step<RegisterRequest>): Promise<RegisterRequest> {
  await commit(services, step);
  return step.request;
}
