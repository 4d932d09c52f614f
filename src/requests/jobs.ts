import type { GrantRequest, Request, RequestId } from './request.js';
import type { JobName, NewJob, Telling } from './step.js';

export function job(
  name: Exclude<JobName, 'tell' | 'notice' | 'end' | 'carry-out'>,
  request: RequestId | null,
  runAt: Date,
): NewJob {
  const key = request === null ? name : `${name}:${request}`;
  return { name, key, lane: null, request, payload: {}, runAt };
}

/** Registrations go one by one: a service whose id was lost is found again because no other of ours came meanwhile. */
export function carryOut(request: Request, runAt: Date): NewJob {
  const lane = request.change === 'register' ? 'register' : null;
  return {
    name: 'carry-out',
    key: `carry-out:${request.id}`,
    lane,
    request: request.id,
    payload: {},
    runAt,
  };
}

/** Takes back what a grant added, when its time is up. */
export function end(request: GrantRequest, runAt: Date): NewJob {
  return {
    name: 'end',
    key: `end:${request.id}`,
    lane: null,
    request: request.id,
    payload: {},
    runAt,
  };
}

/**
 * A message. Its lane is whom it is for, so that people read things in the order in which they happened. `person` is whom it is
 * about; where it is about none, what makes it another message than the one before, which would be edited else.
 */
export function tell(
  request: Request,
  telling: { readonly what: Telling; readonly to: string; readonly person?: string },
  runAt: Date,
): NewJob {
  const { what, to, person } = telling;
  const key = ['tell', request.id, what, to, ...(person === undefined ? [] : [person])].join(':');
  const payload = { what, to, ...(person === undefined ? {} : { person }) };
  return { name: 'tell', key, lane: `tell:${to}`, request: request.id, payload, runAt };
}

/** In place of `person`, in trouble that is not about one: fewer may agree than have to. */
export const TOO_FEW = 'too few may agree';

/** A message to the operators that is about no request. Each is another one: none is edited into the next. */
export function notice(text: string, now: Date): NewJob {
  const key = `notice:${now.toISOString()}`;
  const payload = { text };
  return { name: 'notice', key, lane: 'notices', request: null, payload, runAt: now };
}
