import { commit } from '../commit.js';
import { withdraw as withdrawn } from '../requests/by-people.js';
import { decide } from '../requests/decide.js';
import type { Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { recordRefusal } from './record-refusal.js';
import { loadSituation } from './situation.js';

export async function withdraw(services: Services, id: RequestId, by: SlackUser): Promise<Request> {
  return recordRefusal(services, { who: by, what: 'withdraw', request: id }, async () => {
    const about = await loadSituation(services, id);
    const actor = await services.people.actor(by);
    const now = services.now();
    const verdict = decide(services.policy.current(), actor, { do: 'withdraw', about }, now);
    if (verdict.kind === 'refused') throw verdict.refusal;
    return commit(services, withdrawn(about.request, { who: by, now }));
  });
}
