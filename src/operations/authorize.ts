import { decide, decideSomewhere, refusalOf, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Action } from '../requests/policy.js';
import type { ServiceRef, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { recordRefusal } from './record-refusal.js';

/** What `decide` would say, for whoever draws a form or help. */
export function verdictOn(
  services: Pick<Services, 'policy' | 'now'>,
  actor: Actor,
  { action, service }: { readonly action: Action | null; readonly service: ServiceRef | null },
): Verdict {
  const question = { do: 'ask', action, service } as const;
  return decide(services.policy.current(), actor, question, services.now());
}

/** May this person do this at all? `null`: with what is their own. Throws the refusal, and records it. */
export async function mustMay(
  services: Services,
  by: SlackUser,
  { action, what = action ?? '' }: { readonly action: Action | null; readonly what?: string },
): Promise<Actor> {
  const actor = await services.people.actor(by);
  return recordRefusal(services, { who: by, what }, () => {
    const verdict = decideSomewhere(services.policy.current(), actor, action, services.now());
    if (verdict.kind === 'refused') throw verdict.refusal;
    return Promise.resolve(actor);
  });
}

/** Queries that need no action are open to every active member. Throws the refusal of others, and records it. */
export async function mustBeMember(
  services: Services,
  by: SlackUser,
  what: string,
): Promise<Actor> {
  const actor = await services.people.actor(by);
  return recordRefusal(services, { who: by, what }, () => {
    const refusal = refusalOf(actor);
    if (refusal !== null) throw refusal;
    return Promise.resolve(actor);
  });
}
