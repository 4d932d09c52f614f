import {
  OnezoneAuthError,
  OnezoneError,
  OnezoneUnreachable,
  OnezoneWrongUrl,
  type AuthReason,
  type FailedCall,
  type OnezoneFailure,
} from './errors.js';
import { knownErrorId, knownKey, knownReference } from './error-ids.js';
import { errorBody, type ErrorBody } from './schemas.js';
import { type Reply, readJson } from './reply.js';

/** Turns an answer other than 2xx into an error. */
export function toFailure(call: FailedCall, reply: Reply): OnezoneFailure {
  const { status } = reply;
  if (status < 400) return new OnezoneWrongUrl(call, status, originOf(reply.location));
  // Whatever the content type: a 401 from the authentication stage has none.
  const body = errorBody.safeParse(readJson(reply.text));
  if (body.success) return fromBody(call, status, body.data.error);
  if (status >= 500)
    return new OnezoneUnreachable(call, { kind: 'serverError', sent: true, status });
  // Onezone hands unknown paths to its web GUI, which answers 404 to GET and 405 to other methods.
  if (status === 404 || status === 405) return new OnezoneWrongUrl(call, status);
  return new OnezoneError(call, { status, errorId: null, key: null, reference: null });
}

function fromBody(call: FailedCall, status: number, error: ErrorBody): OnezoneFailure {
  const { details } = error;
  // Wrapped in `unauthorized` when a call is authenticated, bare when a token is verified.
  const auth = error.id === 'unauthorized' ? (details?.authError ?? null) : error;
  const reason = auth === null ? 'noCredentials' : reasonOf(auth.id, auth.details?.caveat?.type);
  const said = auth?.id ?? error.id;
  const errorId = knownErrorId(said);
  const unknownId = errorId === null ? said : null;
  if (reason !== null) return new OnezoneAuthError(call, { status, reason, errorId, unknownId });
  if (error.id === 'unauthorized' && errorId !== 'internalServerError') {
    return new OnezoneAuthError(call, { status, reason: 'badCredentials', errorId, unknownId });
  }
  const [key, reference] = [knownKey(details?.key), knownReference(details?.reference)];
  return new OnezoneError(call, { status, errorId, unknownId, key, reference });
}

const authReasons: ReadonlyMap<string, AuthReason> = new Map([
  ['badBasicCredentials', 'badCredentials'],
  ['badToken', 'badCredentials'],
  ['badValueToken', 'badCredentials'],
  ['badIdpAccessToken', 'badCredentials'],
  ['notAnAccessToken', 'badCredentials'],
  ['tokenInvalid', 'badCredentials'],
  ['tokenTooLarge', 'badCredentials'],
  ['tokenSessionInvalid', 'badCredentials'],
  ['tokenSubjectInvalid', 'badCredentials'],
  ['tokenCaveatUnknown', 'badCredentials'],
  ['tokenServiceForbidden', 'tokenNotForHere'],
  ['tokenRevoked', 'tokenRevoked'],
  ['userBlocked', 'userBlocked'],
  ['basicAuthDisabled', 'basicAuthDisabled'],
  ['basicAuthNotSupported', 'basicAuthNotSupported'],
]);

function reasonOf(errorId: string, caveat: string | undefined): AuthReason | null {
  if (errorId !== 'tokenCaveatUnverified') return authReasons.get(errorId) ?? null;
  if (caveat === 'time') return 'tokenExpired';
  return caveat === 'api' ? 'tokenTooNarrow' : 'tokenNotForHere';
}

function originOf(location: string | null): string | null {
  if (location === null || !URL.canParse(location)) return null;
  return new URL(location).origin;
}
