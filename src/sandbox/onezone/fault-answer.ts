import { type Answer, emptyAnswer, errorAnswer, rest } from './answer.js';
import { type ErrorSpec, internalServerError, plainErrors } from './errors.js';
import { type ZoneFault } from './faults.js';
import { crashReference } from './ids.js';
import { type Zone } from './zone.js';

/** What a fault answers in the server's place; `null` = the request is judged as ever. */
export function faultAnswer(zone: Zone, fault: ZoneFault): Answer | null {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(zone, fault.status, fault.errorId ?? null);
    case 'crash':
      return rest(zone, errorAnswer(zone, crashed(zone)));
    case 'crash-empty':
      return rest(zone, emptyAnswer(500));
    case 'html':
      return {
        ...emptyAnswer(200, { 'content-type': 'text/html; charset=utf-8' }),
        body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>',
      };
    case 'too-many':
      return emptyAnswer(429, { 'retry-after': String(fault.retryAfter ?? 1) });
    case 'answer':
      return { ...emptyAnswer(fault.status, fault.headers ?? {}), body: fault.body ?? '' };
    case 'delay':
    case 'reset-before':
    case 'commit-then-reset':
    case 'hang':
    case 'commit-then-hang':
      return null;
  }
}

function crashed(zone: Zone): ErrorSpec {
  return internalServerError(zone.profile.crashReference ? crashReference() : null);
}

function statusAnswer(zone: Zone, status: number, errorId: string | null): Answer {
  if (errorId === null) return rest(zone, emptyAnswer(status));
  const known =
    errorId === 'internalServerError'
      ? crashed(zone)
      : (plainErrors.find(({ id }) => id === errorId) ?? { id: errorId, description: errorId });
  return rest(zone, errorAnswer(zone, { ...known, status }));
}
