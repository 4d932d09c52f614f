import { commit } from '../commit.js';
import { Refusal, refusals } from '../errors.js';
import { previewed } from '../requests/by-jobs.js';
import { approve, deny } from '../requests/by-people.js';
import { decide } from '../requests/decide.js';
import { effectOf } from '../requests/effect.js';
import type { Decision, Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Writes } from '../store/store.js';
import { recordRefusal } from './record-refusal.js';
import { loadSituation } from './situation.js';

/** An approver decides on what the message showed them: `effect` is its fingerprint. */
export interface Deciding {
  readonly id: RequestId;
  readonly effect: string | null;
  readonly by: SlackUser;
  readonly verdict: 'approve' | 'deny';
  readonly comment: string;
}

export async function decideOn(services: Services, deciding: Deciding): Promise<Request> {
  const { id, by, verdict } = deciding;
  return recordRefusal(services, { who: by, what: verdict, request: id }, async () => {
    const about = await loadSituation(services, id, { fresh: true });
    const actor = await services.people.actor(by, { fresh: true });
    const now = services.now();
    const decided = decide(services.policy.current(), actor, { do: verdict, about }, now);
    if (decided.kind === 'refused') throw decided.refusal;
    const decision: Decision = {
      by,
      onezone: actor.onezone,
      verdict,
      effect: deciding.effect,
      comment: deciding.comment,
      at: now,
    };
    if (verdict === 'deny') return commit(services, deny(about.request, decision));
    await mustShowTheTruth(services, about.request, deciding.effect);
    const missing = decided.kind === 'allowed' ? decided.missing : 1;
    const links = missing === 0 ? await confirmedLinks(services, about.request, by) : {};
    return commit(services, approve(about.request, decision, missing), links);
  });
}

/** An approval is good only for the effect that was on the screen; the zone is asked once more, unless it does not answer. */
async function mustShowTheTruth(
  services: Services,
  request: Request,
  shown: string | null,
): Promise<void> {
  const seen = await seenNow(services, request);
  const facts = services.changes.of(seen).effect(seen);
  if (shown === effectOf(facts) && shown === request.effect) return;
  await commit(services, previewed(seen, { facts, surfaces: [] }, services.now()));
  throw refusals.changedMeanwhile(request.id);
}

async function seenNow(services: Services, request: Request): Promise<Request> {
  try {
    return await services.changes.of(request).preview(services, request);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    services.log.warn(
      { err: error, request: request.id },
      'approved without a second look at the zone',
    );
    return request;
  }
}

/** Approving confirms what an e-mail address only proposed: the links are stored with the approval, or neither is. */
async function confirmedLinks(
  services: Services,
  request: Request,
  by: SlackUser,
): Promise<Writes> {
  const prepared = await Promise.all(
    request.subjects.flatMap(({ slack, identity }) =>
      identity?.by === 'proposed' || identity?.by === 'trusted'
        ? [
            services.people.prepareLink({
              slack,
              onezone: identity.onezone,
              by,
              how: 'by approval',
            }),
          ]
        : [],
    ),
  );
  const known = prepared.filter((link) => link !== null);
  return { links: known.map(({ link }) => link), entries: known.map(({ entry }) => entry) };
}
