import { denialWords } from '../changes/denial.js';
import { StillUnclear } from '../changes/still-unclear.js';
import { commit } from '../commit.js';
import {
  isOutage,
  OnezoneAuthError,
  OnezoneError,
  OnezoneFailure,
  OnezoneTooOld,
  OnezoneWrongUrl,
} from '../onezone/errors.js';
import { keepWaiting } from '../requests/lifecycle.js';
import type { Request, Surface } from '../requests/request.js';
import type { Services } from '../services.js';

/** Onezone cannot be asked now: the request is kept, its people and the operators are told once, and the job comes again. */
export async function hold(
  services: Services,
  id: Request['id'],
  cause: { readonly error: unknown; readonly surfaces?: readonly Surface[] },
): Promise<void> {
  const request = await services.store.requests.load(id);
  if (request === null) return;
  const supportId = services.newSupportId();
  const why = reason(cause.error, serviceName(request));
  const step = keepWaiting(
    request,
    { surfaces: cause.surfaces ?? [], why, supportId },
    services.now(),
  );
  if (step === null) return;
  services.log.warn(
    { err: cause.error, request: id, supportId },
    'request kept until Onezone answers',
  );
  await commit(services, step);
}

/** What an operator should know first; the error itself is in the log. */
function reason(error: unknown, service: string): string {
  if (error instanceof OnezoneAuthError) {
    return `Onezone does not take the desk’s credentials (${error.reason}).`;
  }
  if (error instanceof OnezoneWrongUrl) return 'Onezone’s API is not where ONEZONE_URL says.';
  if (error instanceof StillUnclear) return error.message;
  if (error instanceof OnezoneTooOld) return 'This Onezone is too old for the desk.';
  if (error instanceof OnezoneError && !isOutage(error)) return denialWords(error, { service }).why;
  return error instanceof OnezoneFailure
    ? 'Onezone does not answer.'
    : 'The desk itself has a problem.';
}

/** Nothing is known to have happened, and it will go on by itself or when an operator has acted. */
export function holdsUp(error: unknown): boolean {
  return (
    error instanceof OnezoneAuthError ||
    error instanceof OnezoneWrongUrl ||
    error instanceof OnezoneTooOld
  );
}

const serviceName = (request: Request): string =>
  request.change === 'register' ? request.ask.name : request.service.name;
