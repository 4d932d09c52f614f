import { commit } from '../commit.js';
import { refusals } from '../errors.js';
import { takeUpAgain } from '../requests/by-jobs.js';
import { decide, reviewRefusal, type Situation } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { mustBeMember } from './authorize.js';
import { recordRefusal } from './record-refusal.js';
import { loadSituation } from './situation.js';

/** A click on something that stands in a message, by whoever saw it there. */
interface Looking {
  readonly id: RequestId;
  readonly by: SlackUser;
}

/** Who may see all of a request, its history included. Throws the refusal of others, and records it. */
export async function mayReview(
  services: Services,
  { id, by }: Looking,
): Promise<{ readonly about: Situation; readonly actor: Actor }> {
  return recordRefusal(services, { who: by, what: 'review', request: id }, async () => {
    const about = await loadSituation(services, id);
    const actor = await services.people.actor(by);
    const now = services.now();
    const refusal = reviewRefusal(services.policy.current(), actor, about.request, now);
    if (refusal !== null) throw refusal;
    return { about, actor };
  });
}

/** Before the form is opened that asks for the reason of a denial. Throws the refusal, and records it. */
export async function mustMayDeny(services: Services, { id, by }: Looking): Promise<Request> {
  return recordRefusal(services, { who: by, what: 'deny', request: id }, async () => {
    const about = await loadSituation(services, id);
    const actor = await services.people.actor(by);
    const question = { do: 'deny', about } as const;
    const verdict = decide(services.policy.current(), actor, question, services.now());
    if (verdict.kind === 'refused') throw verdict.refusal;
    return about.request;
  });
}

/** What is stuck is tried now instead of at its next turn. It does nothing that would not be done anyway, so any member may. */
export async function retryNow(services: Services, { id, by }: Looking): Promise<Request> {
  await mustBeMember(services, by, 'retry');
  return recordRefusal(services, { who: by, what: 'retry', request: id }, async () => {
    const request = await services.store.requests.load(id);
    if (request === null) throw refusals.unknownRequest(id);
    const step = takeUpAgain(request, by, services.now());
    if (step === null) throw refusals.notPending(id, request.status);
    return commit(services, step);
  });
}
