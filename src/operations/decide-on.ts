import { commit } from '../commit.js';
import { Refusal, refusals } from '../errors.js';
import { previewed } from '../requests/by-jobs.js';
import { approve, deny } from '../requests/by-people.js';
import { decide } from '../requests/decide.js';
import { effectOf } from '../requests/effect.js';
import type { Actor } from '../requests/person.js';
import type { Policy } from '../requests/policy.js';
import type { Decision, Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Writes } from '../store/store.js';
import { atThisMoment } from './at-this-moment.js';
import { recordRefusal } from './record-refusal.js';
import { mustLoad, situationOf } from './situation.js';

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
    const request = await mustLoad(services, id);
    return verdict === 'deny'
      ? denyNow(services, request, deciding)
      : approveNow(services, request, deciding);
  });
}

function denyNow(services: Services, request: Request, deciding: Deciding): Promise<Request> {
  return atThisMoment(services, async ({ policy, guard }) => {
    const judged = await judge(services, request, { deciding, policy, fresh: true });
    return commit(services, deny(request, decisionOf(deciding, judged)), { guard });
  });
}

/** Reading the zone takes its time, so who may is asked before it, and what counts is what is answered after it. */
async function approveNow(
  services: Services,
  request: Request,
  deciding: Deciding,
): Promise<Request> {
  const first = await judgeAtFirst(services, request, deciding);
  await mustShowTheTruth(services, request, deciding.effect);
  const links = first.missing === 0 ? await confirmedLinks(services, request, deciding.by) : null;
  return atThisMoment(services, async ({ policy, guard }) => {
    const judged = await judge(services, request, { deciding, policy, fresh: true });
    const { missing } = judged;
    // It is the last agreement only by a policy of meanwhile: nobody has looked at the links yet.
    if (missing === 0 && links === null) throw refusals.policyMoved();
    const step = approve(request, decisionOf(deciding, judged), missing);
    return commit(services, step, { ...(missing === 0 ? links : {}), guard });
  });
}

interface Judged {
  readonly actor: Actor;
  /** How many must still agree after this one. */
  readonly missing: number;
  readonly at: Date;
}

/** Throws the refusal. */
async function judge(
  services: Services,
  request: Request,
  by: { readonly deciding: Deciding; readonly policy: Policy; readonly fresh: boolean },
): Promise<Judged> {
  const { deciding, policy, fresh } = by;
  const { about, actor } = await situationOf(services, request, { by: deciding.by, fresh });
  const at = services.now();
  const decided = decide(policy, actor, { do: deciding.verdict, about }, at);
  if (decided.kind === 'refused') throw decided.refusal;
  return { actor, missing: decided.kind === 'allowed' ? decided.missing : 1, at };
}

/** By what is known, for it gives nothing yet. But nobody is refused for what was true a minute ago. */
async function judgeAtFirst(
  services: Services,
  request: Request,
  deciding: Deciding,
): Promise<Judged> {
  const by = { deciding, policy: services.policy.current() };
  try {
    return await judge(services, request, { ...by, fresh: false });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return judge(services, request, { ...by, fresh: true });
  }
}

const decisionOf = (
  { by, verdict, effect, comment }: Deciding,
  { actor, at }: Judged,
): Decision => ({ by, onezone: actor.onezone[0] ?? null, verdict, effect, comment, at });

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
