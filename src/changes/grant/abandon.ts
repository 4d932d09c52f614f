import { commit } from '../../commit.js';
import { privilegesFor } from '../../onezone/privileges.js';
import { giveUp } from '../../requests/lifecycle.js';
import type { Request, RequestId } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { NEWEST } from '../../zone/vocabulary.js';
import { asUnclear } from './carry-out.js';

/** Onezone has not answered for too long. Whatever may have been added meanwhile is still taken back at the end. */
export async function abandon(services: Services, id: RequestId): Promise<void> {
  const request = await services.store.requests.load(id);
  if (request === null) return;
  const supportId = services.newSupportId();
  const status = request.status === 'carrying out' ? 'unclear' : 'failed';
  const trouble = {
    status,
    why: 'Onezone has not answered for a week.',
    next: 'Ask again when it is back; an operator has been told.',
    supportId,
  } as const;
  services.log.error({ request: id, supportId }, 'request given up: Onezone has not answered');
  const known = status === 'unclear' ? await unclear(services, request) : request;
  await commit(services, giveUp(known, trouble, services.now()));
}

/** What can be said of a request that was begun: those without an answer may have got what was asked. */
export async function unclear(services: Services, request: Request): Promise<Request> {
  if (request.change !== 'grant') return request;
  const privileges = await lastKnown(services, request.ask.level);
  return { ...request, people: asUnclear(request.people, { privileges }) };
}

/** Without Onezone nobody says which privileges it knows; those it does not know cannot have been added and do no harm here. */
async function lastKnown(
  services: Services,
  level: Parameters<typeof privilegesFor>[0],
): Promise<readonly string[]> {
  const { privileges } = await services.onezone.connect().catch(() => ({ privileges: NEWEST }));
  return privilegesFor(level, privileges);
}
