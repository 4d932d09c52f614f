import { carryOut, job } from './jobs.js';
import type { Policy } from './policy.js';
import type { Decision, Request } from './request.js';
import type { NewJob, Step } from './step.js';
import { type Move, redraw, redrawAndTell, toStep } from './to-step.js';
import { after, mustBePending } from './transitions.js';

/** A new request enters: it waits for agreement, or where nobody has to agree it is approved by the rule itself. */
export function submit<R extends Request>(
  request: R,
  policy: Policy,
  record: { readonly rule: string; readonly asked: Readonly<Record<string, unknown>> },
): Step<R> {
  const { askedAt: now, requester: who, reason, approval } = request;
  const first = { ...request, version: 1 };
  const needs = approval === null ? {} : { needs: approval.count, by: approval.by };
  const { rule, asked } = record;
  return toStep(
    first,
    { who, now },
    {
      what: 'asked',
      detail: { change: request.change, rule, reason, ...needs, ...asked },
      jobs: request.status === 'pending' ? timers(request, policy) : [carryOut(request, now)],
    },
  );
}

/** One more person agrees; with the last one it goes on to be carried out. */
export function approve<R extends Request>(
  request: R,
  decision: Decision,
  missing: number,
): Step<R> {
  const { at: now, by: who, comment } = decision;
  mustBePending(request, now);
  const next = after(request, 'approve', {
    decisions: [...request.decisions, decision],
    ...(missing > 0 ? {} : { status: 'approved' as const }),
  });
  return toStep(
    next,
    { who, now },
    {
      what: 'approved',
      detail: { comment, missing, effect: request.effect },
      jobs: [...(missing > 0 ? [] : [carryOut(request, now)]), ...redraw(next, now)],
    },
  );
}

export function deny<R extends Request>(request: R, decision: Decision): Step<R> {
  const { at: now, by: who, comment } = decision;
  mustBePending(request, now);
  const decisions = [...request.decisions, decision];
  const next = after(request, 'deny', { status: 'denied', decisions });
  return toStep(
    next,
    { who, now },
    { what: 'denied', detail: { reason: comment }, jobs: redrawAndTell(next, now) },
  );
}

export function withdraw<R extends Request>(request: R, move: Move): Step<R> {
  mustBePending(request, move.now);
  const next = after(request, 'withdraw', { status: 'withdrawn' });
  return toStep(next, move, { what: 'withdrawn', jobs: redraw(next, move.now) });
}

function timers(request: Request, policy: Policy): NewJob[] {
  const { id, askedAt } = request;
  const at = (ms: number): Date => new Date(askedAt.getTime() + ms);
  const { lapseAfter, remindAfter, escalate } = policy.requests;
  return [
    job('preview', id, askedAt),
    job('lapse', id, request.lapsesAt ?? at(lapseAfter)),
    ...(remindAfter === null ? [] : [job('remind', id, at(remindAfter))]),
    ...(escalate === null ? [] : [job('escalate', id, at(escalate.after))]),
  ];
}
