import { isTokenTooNarrow, OnezoneError } from '../onezone/errors.js';

/** The credentials are good, but not for this call: the account lacks the privilege, or its token is confined to others. */
export function isNotAllowed(error: unknown): error is Error {
  if (isTokenTooNarrow(error)) return true;
  return error instanceof OnezoneError && error.errorId === 'forbidden';
}
