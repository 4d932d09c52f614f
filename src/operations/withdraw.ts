import { commit } from '../commit.js';
import { withdraw as withdrawn } from '../requests/by-people.js';
import { decide } from '../requests/decide.js';
import type { Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { atThisMoment } from './at-this-moment.js';
import { recordRefusal } from './record-refusal.js';
import { mustLoad, situationOf } from './situation.js';

export async function withdraw(services: Services, id: RequestId, by: SlackUser): Promise<Request> {
  return recordRefusal(services, { who: by, what: 'withdraw', request: id }, async () => {
    const request = await mustLoad(services, id);
    return atThisMoment(services, async ({ policy, guard }) => {
      const { about, actor } = await situationOf(services, request, { by, fresh: true });
      const now = services.now();
      const verdict = decide(policy, actor, { do: 'withdraw', about }, now);
      if (verdict.kind === 'refused') throw verdict.refusal;
      return commit(services, withdrawn(request, { who: by, now }), { guard });
    });
  });
}
