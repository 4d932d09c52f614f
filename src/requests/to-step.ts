import { notify } from './jobs.js';
import type { Request, Surface } from './request.js';
import type { AuditWord, Entry, NewJob, Step } from './step.js';

/** Who moves a request, when. */
export interface Move {
  readonly who: string;
  readonly now: Date;
}

export const BOT = 'bot';

/** Where trouble is told; which channel that is, the policy says when it is told. */
export const OPERATORS = 'operators';

export interface Record {
  readonly what: AuditWord;
  readonly detail?: Entry['detail'];
}

/** A move of a request with its audit line: whom it is about and which service are always the request's own. */
export function toStep<R extends Request>(
  request: R,
  move: Move,
  record: Record & { readonly jobs?: readonly NewJob[] },
): Step<R> {
  const { what, detail = {}, jobs = [] } = record;
  const people = request.subjects.map((subject) => subject.slack);
  const { id, service } = request;
  const entry = { at: move.now, who: move.who, what, request: id, service, people, detail };
  return { request, entry, jobs };
}

/** Each message that shows the request is drawn again. */
export const redraw = (request: Request, now: Date): NewJob[] =>
  request.surfaces.map((surface) => notify(request, surface, now));

/** The same, and the requester is told. */
export function redrawAndTell(request: Request, now: Date): NewJob[] {
  const outcome: Surface = { message: 'outcome', to: request.requester };
  const isShown = hasSurface(request.surfaces, outcome);
  return [...redraw(request, now), ...(isShown ? [] : [notify(request, outcome, now)])];
}

export const withSurfaces = (known: readonly Surface[], more: readonly Surface[]): Surface[] => [
  ...known,
  ...more.filter((surface) => !hasSurface(known, surface)),
];

export const hasSurface = (surfaces: readonly Surface[], { message, to }: Surface): boolean =>
  surfaces.some((surface) => surface.message === message && surface.to === to);
