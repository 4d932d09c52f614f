import { preview } from './changes/index.js';
import { proposeGrant } from './changes/grant/propose.js';
import { proposeRegister } from './changes/register/propose.js';
import { commit } from './commit.js';
import { Refusal, refusals } from './errors.js';
import {
  decide,
  decideSomewhere,
  refusalOf,
  reviewRefusal,
  type Situation,
  type Verdict,
} from './requests/decide.js';
import { effectOf } from './requests/effect.js';
import * as lifecycle from './requests/lifecycle.js';
import type { Actor } from './requests/person.js';
import type { Action } from './requests/policy.js';
import { requestIdOf } from './requests/request-id.js';
import type {
  ChangeName,
  Decision,
  Request,
  RequestId,
  ServiceRef,
  SlackUser,
} from './requests/request.js';
import type { Entry } from './requests/step.js';
import type { Services } from './services.js';
import { IdTaken } from './store/id-taken.js';

/**
 * Every way in which a person moves a request. Each does the same three things: load, decide (pure), commit
 * {request, audit line, jobs} in one transaction. Nothing here calls Onezone's writing side: jobs do that.
 */

/** Someone asks for a change. `delivery` makes the second delivery of the same click the same request. */
export interface Asking {
  readonly change: ChangeName;
  readonly values: unknown;
  readonly by: SlackUser;
  readonly delivery: string;
}

export async function ask(services: Services, asking: Asking): Promise<Request> {
  const actor = await services.people.actor(asking.by);
  return onRecord(services, { who: asking.by, what: `ask ${asking.change}` }, async () => {
    const policy = services.policy.current();
    mustBeAllowed(decideSomewhere(policy, actor, asking.change, services.now()), asking.change);
    const { request, rule } = await draft(services, asking, actor);
    return enter(services, request, rule);
  });
}

/** Two deliveries whose ids come out the same are as good as never, but then the second takes another. */
async function enter(
  services: Services,
  request: Request,
  rule: string,
  salt = 0,
): Promise<Request> {
  const id = requestIdOf(request.delivery, salt);
  try {
    const step = lifecycle.submit({ ...request, id }, services.policy.current(), rule);
    return await commit(services, step);
  } catch (error) {
    if (!(error instanceof IdTaken) || salt === MOST_SALTS) throw error;
    return enter(services, request, rule, salt + 1);
  }
}

const MOST_SALTS = 3;

/** What `decide` would say, for whoever draws a form or help. */
export function decideAsk(
  services: Services,
  actor: Actor,
  action: Action,
  service: ServiceRef | null,
): Verdict {
  const question = { do: 'ask', action, service } as const;
  return decide(services.policy.current(), actor, question, services.now());
}

/** May this person do this at all? Throws the refusal, and records it. */
export async function mustMay(services: Services, by: SlackUser, action: Action): Promise<Actor> {
  const actor = await services.people.actor(by);
  return onRecord(services, { who: by, what: action }, () => {
    const verdict = decideSomewhere(services.policy.current(), actor, action, services.now());
    if (verdict.kind === 'refused') throw verdict.refusal;
    return Promise.resolve(actor);
  });
}

/** Everything but the changes is open to every active member. Throws the refusal of others, and records it. */
export async function mustBeMember(
  services: Services,
  by: SlackUser,
  what: string,
): Promise<Actor> {
  const actor = await services.people.actor(by);
  return onRecord(services, { who: by, what }, () => {
    const refusal = refusalOf(actor);
    if (refusal !== null) throw refusal;
    return Promise.resolve(actor);
  });
}

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
  return onRecord(services, { who: by, what: verdict, request: id }, async () => {
    const about = await situation(services, id, { fresh: true });
    const actor = await services.people.actor(by, { fresh: true });
    const now = services.now();
    const said = decide(services.policy.current(), actor, { do: verdict, about }, now);
    if (said.kind === 'refused') throw said.refusal;
    const decision: Decision = {
      by,
      onezone: actor.onezone,
      verdict,
      effect: deciding.effect,
      comment: deciding.comment,
      at: now,
    };
    if (verdict === 'deny') return commit(services, lifecycle.deny(about.request, decision));
    await mustShowTheTruth(services, about.request, deciding.effect);
    if (said.kind === 'allowed' && said.missing === 0)
      await confirmIdentities(services, about.request, by);
    const missing = said.kind === 'allowed' ? said.missing : 1;
    return commit(services, lifecycle.approve(about.request, decision, missing));
  });
}

export async function withdraw(services: Services, id: RequestId, by: SlackUser): Promise<Request> {
  return onRecord(services, { who: by, what: 'withdraw', request: id }, async () => {
    const about = await situation(services, id);
    const actor = await services.people.actor(by);
    const said = decide(
      services.policy.current(),
      actor,
      { do: 'withdraw', about },
      services.now(),
    );
    if (said.kind === 'refused') throw said.refusal;
    return commit(services, lifecycle.withdraw(about.request, { who: by, now: services.now() }));
  });
}

/** A request with everyone in it as they are now. */
export async function situation(
  services: Services,
  id: RequestId,
  options: { readonly fresh?: boolean } = {},
): Promise<Situation> {
  const request = await services.store.requests.load(id);
  if (request === null) throw refusals.unknownRequest(id);
  const voted = request.decisions.filter((it) => it.verdict === 'approve').map((it) => it.by);
  const [requester, ...approvers] = await Promise.all(
    [request.requester, ...voted].map((it) => services.people.actor(it, options)),
  );
  if (requester === undefined) throw refusals.unknownRequest(id);
  return { request, requester, approvers };
}

/** The request as it is stored first, and the rule that let it in. */
async function draft(
  services: Services,
  asking: Asking,
  actor: Actor,
): Promise<{ readonly request: Request; readonly rule: string }> {
  const now = services.now();
  const { lapseAfter } = services.policy.current().requests;
  const base = {
    id: requestIdOf(asking.delivery),
    version: 0,
    delivery: asking.delivery,
    requester: asking.by,
    askedAt: now,
    decisions: [],
    effect: null,
    lapsesAt: new Date(now.getTime() + lapseAfter),
    surfaces: [],
    toldOfOutage: false,
    startedAt: null,
    trouble: null,
  };
  switch (asking.change) {
    case 'grant': {
      const { ask: typed, service, people } = await proposeGrant(services, asking.values);
      const said = decideAsk(services, actor, 'grant', service);
      const { rule, ...verdict } = mustBeAllowed(said, 'grant');
      const unconfirmed = people.find((it) => it.identity?.by === 'proposed');
      if (verdict.approval === null && unconfirmed !== undefined) {
        throw refusals.onlyProposed(`<@${unconfirmed.slack}>`);
      }
      const grant = { change: 'grant', ask: typed, service, people, end: null } as const;
      return { rule, request: { ...base, ...verdict, ...grant } };
    }
    case 'register': {
      const typed = await proposeRegister(services, asking.values);
      const said = decideAsk(services, actor, 'register', null);
      const { rule, ...verdict } = mustBeAllowed(said, 'register');
      const register = {
        change: 'register',
        ask: typed,
        service: null,
        servicesBefore: null,
        attempts: 0,
      } as const;
      return { rule, request: { ...base, ...verdict, ...register } };
    }
  }
}

function mustBeAllowed(
  verdict: Verdict,
  action: Action,
): Pick<Request, 'status' | 'approval'> & { readonly rule: string } {
  switch (verdict.kind) {
    case 'refused':
      throw verdict.refusal;
    case 'allowed':
      return { status: 'approved', approval: null, rule: verdict.rule ?? `actions.${action}` };
    case 'needs':
      if (verdict.by.length === 0) throw refusals.nobodyMay(`approve ${action}`, verdict.rule);
      return {
        status: 'pending',
        approval: { count: verdict.count, by: [...verdict.by], rule: verdict.rule },
        rule: verdict.rule,
      };
  }
}

/** An approval is good only for the effect that was on the screen; the zone is asked once more, unless it does not answer. */
async function mustShowTheTruth(
  services: Services,
  request: Request,
  shown: string | null,
): Promise<void> {
  const seen = await seenNow(services, request);
  if (shown === effectOf(seen) && shown === request.effect) return;
  await commit(services, lifecycle.previewed(seen, [], services.now()));
  throw refusals.changedMeanwhile(request.id);
}

async function seenNow(services: Services, request: Request): Promise<Request> {
  try {
    return await preview(services, request);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    services.log.warn(
      { err: error, request: request.id },
      'approved without a second look at the zone',
    );
    return request;
  }
}

/** Approving confirms what an e-mail address only proposed: from now on the link is stored. */
async function confirmIdentities(
  services: Services,
  request: Request,
  by: SlackUser,
): Promise<void> {
  if (request.change !== 'grant') return;
  for (const { slack, identity } of request.people) {
    if (identity?.by !== 'proposed' && identity?.by !== 'trusted') continue;
    await services.people.link({ slack, onezone: identity.onezone, by, how: 'by approval' });
  }
}

/** Refusals are on record too: who wanted what, and which rule said no. */
async function onRecord<T>(
  services: Services,
  wish: { readonly who: SlackUser; readonly what: string; readonly request?: RequestId },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      await services.store.audit.append(refusalEntry(services, wish, error));
    throw error;
  }
}

function refusalEntry(
  services: Services,
  wish: { readonly who: SlackUser; readonly what: string; readonly request?: RequestId },
  refusal: Refusal,
): Entry {
  return {
    at: services.now(),
    who: wish.who,
    what: 'refused',
    request: wish.request ?? null,
    service: null,
    people: [],
    detail: { wanted: wish.what, code: refusal.code, why: refusal.message, rule: refusal.rule },
  };
}

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
  return onRecord(services, { who: by, what: 'review', request: id }, async () => {
    const about = await situation(services, id);
    const actor = await services.people.actor(by);
    const now = services.now();
    const refusal = reviewRefusal(services.policy.current(), actor, about.request, now);
    if (refusal !== null) throw refusal;
    return { about, actor };
  });
}

/** Before the form is opened that asks for the reason of a denial. Throws the refusal, and records it. */
export async function mustMayDeny(services: Services, { id, by }: Looking): Promise<Request> {
  return onRecord(services, { who: by, what: 'deny', request: id }, async () => {
    const about = await situation(services, id);
    const actor = await services.people.actor(by);
    const question = { do: 'deny', about } as const;
    const said = decide(services.policy.current(), actor, question, services.now());
    if (said.kind === 'refused') throw said.refusal;
    return about.request;
  });
}
