/** The call that went wrong. Never its headers or body: they carry credentials and registrar passwords. */
export interface FailedCall {
  readonly method: string;
  readonly path: string;
  /** It would have changed the zone. */
  readonly write: boolean;
}

/** Everything that this client throws, except `TypeError` for an id that cannot be one. */
export abstract class OnezoneFailure extends Error {
  readonly method: string;
  readonly path: string;
  readonly write: boolean;
  /** HTTP status; null = there was no answer. */
  readonly status: number | null;

  protected constructor(call: FailedCall, status: number | null, what: string) {
    super(`${what} (${call.method} ${call.path}${status === null ? '' : `, status ${status}`})`);
    this.method = call.method;
    this.path = call.path;
    this.write = call.write;
    this.status = status;
  }
}

export interface Denial {
  readonly status: number;
  /** Onezone's own, such as `relationAlreadyExists`; null: the answer names none. */
  readonly errorId: string | null;
  /** The field that it is about, such as `userId`. */
  readonly key: string | null;
  /** Under which Onezone's administrators find a crash in their log. */
  readonly reference: string | null;
}

/** 4xx that say "not now": from proxies, Onezone itself has no rate limit. */
const PASSING = [408, 425, 429];

/** Onezone said no, or said that it broke. */
export class OnezoneError extends OnezoneFailure {
  override readonly name = 'OnezoneError';
  override readonly status: number;
  readonly errorId: string | null;
  readonly key: string | null;
  readonly reference: string | null;
  /** The same call will be answered the same way until someone changes something. */
  readonly isPermanent: boolean;

  constructor(call: FailedCall, { status, errorId, key, reference }: Denial) {
    const about = key === null ? '' : ` "${key}"`;
    super(call, status, `Onezone answered ${errorId ?? 'without an error id'}${about}`);
    this.status = status;
    this.errorId = errorId;
    this.key = key;
    this.reference = reference;
    // A crash inside authentication comes as a 401 that has nothing to do with the credentials.
    const broke = status >= 500 || errorId === 'internalServerError';
    this.isPermanent = !broke && !PASSING.includes(status);
  }
}

export type UnreachableKind =
  | 'noConnection'
  | 'dns'
  | 'tls'
  | 'connectTimeout'
  | 'headersTimeout'
  | 'bodyTimeout'
  | 'reset'
  /** A 5xx without Onezone's error object: a crash, or a proxy before it. */
  | 'serverError'
  /** The answer is not HTTP. */
  | 'garbled'
  /** The answer is not what this call is answered with. */
  | 'schema'
  | 'tooLarge'
  /** This client was closed. */
  | 'closed';

export interface Silence {
  readonly kind: UnreachableKind;
  /** At least a part of the request may have reached Onezone. */
  readonly sent: boolean;
  readonly status?: number;
  /** The system's error code, or the field that did not fit. */
  readonly code?: string | null;
}

/** There was no answer, or none that can be understood. */
export class OnezoneUnreachable extends OnezoneFailure {
  override readonly name = 'OnezoneUnreachable';
  readonly kind: UnreachableKind;
  readonly sent: boolean;
  readonly code: string | null;

  constructor(call: FailedCall, { kind, sent, status, code }: Silence) {
    super(call, status ?? null, `Onezone gave no answer: ${kind}${code ? ` ${code}` : ''}`);
    this.kind = kind;
    this.sent = sent;
    this.code = code ?? null;
  }
}

export type AuthReason =
  /** Wrong password, unknown user, broken or deleted token. */
  | 'badCredentials'
  | 'noCredentials'
  | 'tokenExpired'
  | 'tokenRevoked'
  /** The token's `api` caveat leaves this call out. */
  | 'tokenTooNarrow'
  /** The token is for another address, interface, service or consumer. */
  | 'tokenNotForHere'
  | 'userBlocked'
  /** For this user. */
  | 'basicAuthDisabled'
  /** In the whole zone. */
  | 'basicAuthNotSupported'
  /** The credentials belong to something that is no user, such as a Oneprovider. */
  | 'notAUser';

/** Onezone does not take the credentials, at all or for this call. */
export class OnezoneAuthError extends OnezoneFailure {
  override readonly name = 'OnezoneAuthError';
  readonly reason: AuthReason;
  readonly errorId: string | null;

  constructor(
    call: FailedCall,
    { status, reason, errorId }: Pick<Denial, 'status' | 'errorId'> & { reason: AuthReason },
  ) {
    super(call, status, `Onezone does not take the credentials: ${reason}`);
    this.reason = reason;
    this.errorId = errorId;
  }
}

/** Something answers, but not Onezone's API: wrong host, port or path, or a redirect. */
export class OnezoneWrongUrl extends OnezoneFailure {
  override readonly name = 'OnezoneWrongUrl';
  /** Where a redirect points: scheme, host and port only. */
  readonly redirectedTo: string | null;

  constructor(call: FailedCall, status: number, redirectedTo: string | null = null) {
    const redirect = redirectedTo === null ? '' : `, it points to ${redirectedTo}`;
    super(call, status, `Onezone's API is not at this address${redirect}`);
    this.redirectedTo = redirectedTo;
  }
}

/** Before 20.02.1 there is no way to check a token, and errors have another shape. */
export class OnezoneTooOld extends OnezoneFailure {
  override readonly name = 'OnezoneTooOld';
  readonly version: string;

  constructor(call: FailedCall, version: string) {
    super(call, 200, `Onezone ${version} is too old: 20.02.1 is the oldest that works`);
    this.version = version;
  }
}

/** It will heal without anybody changing the request: try again later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof OnezoneError) return !error.isPermanent;
  return error instanceof OnezoneUnreachable;
}

/** The zone may have changed although the call failed: read it before doing anything else. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof OnezoneUnreachable) return error.write && error.sent;
  if (!(error instanceof OnezoneError) || !error.write || isBreaker(error)) return false;
  return error.status >= 500 || error.status === 408;
}

/**
 * The circuit breaker, thrown when the zone's disk is nearly full: no call is carried out until an operator
 * has acted, so there is no use in asking every second.
 */
export function isBreaker(error: unknown): boolean {
  return error instanceof OnezoneError && error.errorId === 'serviceUnavailable';
}

/** What the call was about is not there. */
export function isNotFound(error: unknown): error is OnezoneError {
  return error instanceof OnezoneError && error.errorId === 'notFound';
}

/** The token is good, but its `api` caveat leaves this call out. */
export function isTokenTooNarrow(error: unknown): error is OnezoneAuthError {
  return error instanceof OnezoneAuthError && error.reason === 'tokenTooNarrow';
}
