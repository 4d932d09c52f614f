import type { Refusal } from '../errors.js';
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

/**
 * May this person do this at all? `null`: with what is their own. `fresh` where something follows from it at once, and not only a form to
 * look at. Throws the refusal, and records it.
 */
export async function mustMay(
  services: Services,
  by: SlackUser,
  {
    action,
    what = action ?? '',
    fresh = false,
  }: { readonly action: Action | null; readonly what?: string; readonly fresh?: boolean },
): Promise<Actor> {
  return recordRefusal(services, { who: by, what }, async () => {
    const actor = await services.people.actor(by, { fresh });
    const refusal = refusalToAsk(services, actor, action);
    if (refusal !== null) throw refusal;
    return actor;
  });
}

/** The same as far as it is known, before what takes its time; it has to be asked again afterwards. A refusal is never an old one. */
export async function mayPerhaps(
  services: Services,
  by: SlackUser,
  action: Action | null,
): Promise<Actor> {
  const known = await services.people.actor(by);
  if (refusalToAsk(services, known, action) === null) return known;
  const actor = await services.people.actor(by, { fresh: true });
  const refusal = refusalToAsk(services, actor, action);
  if (refusal !== null) throw refusal;
  return actor;
}

function refusalToAsk(
  { policy, now }: Services,
  actor: Actor,
  action: Action | null,
): Refusal | null {
  const verdict = decideSomewhere(policy.current(), actor, action, now());
  return verdict.kind === 'refused' ? verdict.refusal : null;
}

/** Queries that need no action are open to every active member. Throws the refusal of others, and records it. */
export async function mustBeMember(
  services: Services,
  by: SlackUser,
  what: string,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<Actor> {
  return recordRefusal(services, { who: by, what }, async () => {
    const actor = await services.people.actor(by, { fresh });
    const refusal = refusalOf(actor);
    if (refusal !== null) throw refusal;
    return actor;
  });
}
