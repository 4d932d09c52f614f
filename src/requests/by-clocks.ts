import { notify } from './jobs.js';
import { type Request, settledAs, type Surface } from './request.js';
import type { Step } from './step.js';
import { BOT, hasSurface, redrawAndTell, toStep, withSurfaces } from './to-step.js';
import { after, can } from './transitions.js';

/** Nobody answered in time. Null where someone did: a timer that comes late or twice is normal. */
export function lapse<R extends Request>(request: R, now: Date): Step<R> | null {
  if (!can(request, 'lapse')) return null;
  const next = after(request, 'lapse', { status: 'lapsed' });
  const detail = { after: request.lapsesAt?.toISOString() ?? null };
  const jobs = redrawAndTell(next, now);
  return toStep(next, { who: BOT, now }, { what: 'lapsed', detail, jobs });
}

/** The approvers are reminded, once. Null where it no longer waits for them. */
export function remind<R extends Request>(request: R, now: Date): Step<R> | null {
  if (settledAs(request, now) !== null) return null;
  const reminders = request.surfaces
    .filter((surface) => surface.message === 'approval')
    .map(({ to }): Surface => ({ message: 'reminder', to }));
  // Edited from now on like the messages that it reminds of, or it would go on saying that it waits.
  const surfaces = withSurfaces(request.surfaces, reminders);
  const next = after(request, 'remind', { surfaces });
  const jobs = reminders.map((surface) => notify(next, surface, now));
  return toStep(next, { who: BOT, now }, { what: 'reminded', jobs });
}

/** Others are asked as well: more people, or the same ones in person. Null where it no longer waits, or all of them were asked already. */
export function escalate<R extends Request>(
  request: R,
  asked: { readonly to: readonly string[]; readonly what: 'escalated' | 'asked in person' },
  now: Date,
): Step<R> | null {
  if (settledAs(request, now) !== null) return null;
  const more = asked.to
    .map((to): Surface => ({ message: 'approval', to }))
    .filter((surface) => !hasSurface(request.surfaces, surface));
  if (more.length === 0) return null;
  const next = after(request, 'escalate', { surfaces: [...request.surfaces, ...more] });
  const jobs = more.map((surface) => notify(next, surface, now));
  const detail = { to: more.map((surface) => surface.to) };
  return toStep(next, { who: BOT, now }, { what: asked.what, detail, jobs });
}
