import { decide } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import { accessOf } from './access.js';
import type { HomeShown } from './data.js';
import { requestsOf } from './requests.js';
import { servicesPage } from './services.js';
import { mayAsk } from './standing.js';

const SERVICES = 15;

/** Everything that concerns someone, on one page. */
export async function homeOf(services: Services, actor: Actor): Promise<HomeShown> {
  const [access, found, page] = await Promise.all([
    accessOf(services, actor.id),
    requestsOf(services, actor),
    servicesPage(services, { text: '', offset: 0, limit: SERVICES }),
  ]);
  return {
    access,
    requests: found.mine,
    waiting: found.waiting,
    services: page.services,
    servicesTotal: page.total,
    mayAsk: {
      grant: mayAsk(services, actor, 'grant'),
      register: mayAsk(services, actor, 'register'),
    },
    refused: outsider(services, actor),
  };
}

function outsider(services: Services, actor: Actor): string | null {
  if (actor.standing === 'member') return null;
  const question = { do: 'ask', action: 'grant', service: null } as const;
  const verdict = decide(services.policy.current(), actor, question, services.now());
  return verdict.kind === 'refused' ? `${verdict.refusal.message} ${verdict.refusal.next}` : null;
}
