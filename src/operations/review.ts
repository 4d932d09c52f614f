import { commit } from '../commit.js';
import { refusals } from '../errors.js';
import { takeUpAgain } from '../requests/by-jobs.js';
import { decide, reviewRefusal } from '../requests/decide.js';
import type { Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { mustBeMember } from './authorize.js';
import { recordRefusal } from './record-refusal.js';
import { mustLoad, type Seen, situationOf } from './situation.js';

/** A click on something that stands in a message, by whoever saw it there. */
interface Looking {
  readonly id: RequestId;
  readonly by: SlackUser;
}

/** Who may see all of a request, its history included. Throws the refusal of others, and records it. */
export async function mayReview(services: Services, { id, by }: Looking): Promise<Seen> {
  return recordRefusal(services, { who: by, what: 'review', request: id }, async () => {
    const request = await mustLoad(services, id);
    const { about, actor } = await situationOf(services, request, { by, fresh: false });
    const now = services.now();
    const refusal = reviewRefusal(services.policy.current(), actor, request, now);
    if (refusal !== null) throw refusal;
    return { about, actor };
  });
}

/** Before the form is opened that asks for the reason of a denial. Throws the refusal, and records it. */
export async function mustMayDeny(services: Services, { id, by }: Looking): Promise<Request> {
  return recordRefusal(services, { who: by, what: 'deny', request: id }, async () => {
    const request = await mustLoad(services, id);
    const { about, actor } = await situationOf(services, request, { by, fresh: false });
    const question = { do: 'deny', about } as const;
    const verdict = decide(services.policy.current(), actor, question, services.now());
    if (verdict.kind === 'refused') throw verdict.refusal;
    return request;
  });
}

/** What is stuck is tried now instead of at its next turn. It does nothing that would not be done anyway, so any member may. */
export async function retryNow(services: Services, { id, by }: Looking): Promise<Request> {
  await mustBeMember(services, by, 'retry', { fresh: true });
  return recordRefusal(services, { who: by, what: 'retry', request: id }, async () => {
    const request = await mustLoad(services, id);
    const step = takeUpAgain(request, by, services.now());
    if (step === null) throw refusals.notPending(id, request.status);
    return commit(services, step);
  });
}
