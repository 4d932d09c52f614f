/** Never has headers or body: they carry credentials and registrar passwords. */
export interface FailedCall {
  readonly method: string;
  readonly path: string;
  /** Whether the call changes the zone. */
  readonly write: boolean;
}

/** Base of everything that this client throws, except `TypeError` for a malformed id. */
export abstract class OnezoneFailure extends Error {
  readonly method: string;
  readonly path: string;
  readonly write: boolean;
  /** HTTP status; null: no answer. */
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
  /** Onezone's error id, such as `relationAlreadyExists`; null: the answer has none, or one that this version does not know. */
  readonly errorId: string | null;
  /** What stands in the place of an id and is none that this version knows: anything at all, so only for the log. */
  readonly unknownId?: string | null;
  /** The offending field, such as `userId`. */
  readonly key: string | null;
  /** Under which Onezone's administrators find the crash in their log. */
  readonly reference: string | null;
}

/** Sent by proxies; Onezone itself has no rate limit. */
const TRANSIENT_4XX = [408, 425, 429];

/** Onezone answered with an error of its own: a denial or a crash. */
export class OnezoneError extends OnezoneFailure {
  override readonly name = 'OnezoneError';
  override readonly status: number;
  readonly errorId: string | null;
  /** Only for the log; see Denial. */
  readonly unknownId: string | null;
  readonly key: string | null;
  readonly reference: string | null;
  /** Repeating the call is pointless until someone changes something. */
  readonly isPermanent: boolean;

  constructor(call: FailedCall, { status, errorId, unknownId = null, key, reference }: Denial) {
    const about = key === null ? '' : ` "${key}"`;
    const none = unknownId === null ? 'without an error id' : 'an error that is not known here';
    super(call, status, `Onezone answered ${errorId ?? none}${about}`);
    this.status = status;
    this.errorId = errorId;
    this.unknownId = unknownId;
    this.key = key;
    this.reference = reference;
    // A crash during authentication comes as 401, whatever the credentials.
    const crashed = status >= 500 || errorId === 'internalServerError';
    this.isPermanent = !crashed && !TRANSIENT_4XX.includes(status);
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
  /** A 5xx without Onezone's error object: a crash, or a proxy in front of it. */
  | 'serverError'
  /** The answer is not HTTP. */
  | 'garbled'
  /** The answer does not match the schema of this call. */
  | 'schema'
  | 'tooLarge'
  /** This client was closed. */
  | 'closed';

export interface TransportFailure {
  readonly kind: UnreachableKind;
  /** At least part of the request may have reached Onezone. */
  readonly sent: boolean;
  readonly status?: number;
  /** The system's error code, or the path of the field that failed validation. */
  readonly code?: string | null;
}

/** No answer, or none that can be understood. */
export class OnezoneUnreachable extends OnezoneFailure {
  override readonly name = 'OnezoneUnreachable';
  readonly kind: UnreachableKind;
  readonly sent: boolean;
  readonly code: string | null;

  constructor(call: FailedCall, { kind, sent, status, code }: TransportFailure) {
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
  /** Disabled for this user. */
  | 'basicAuthDisabled'
  /** Disabled in the whole zone. */
  | 'basicAuthNotSupported'
  /** The credentials belong to a non-user, such as a Oneprovider. */
  | 'notAUser';

/** Onezone rejects the credentials, altogether or for this call. */
export class OnezoneAuthError extends OnezoneFailure {
  override readonly name = 'OnezoneAuthError';
  readonly reason: AuthReason;
  readonly errorId: string | null;
  /** Only for the log; see Denial. */
  readonly unknownId: string | null;

  constructor(
    call: FailedCall,
    {
      status,
      reason,
      errorId,
      unknownId = null,
    }: Pick<Denial, 'status' | 'errorId' | 'unknownId'> & { reason: AuthReason },
  ) {
    super(call, status, `Onezone does not take the credentials: ${reason}`);
    this.reason = reason;
    this.errorId = errorId;
    this.unknownId = unknownId;
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

/** Before 20.02.1 tokens cannot be verified and errors have another shape. */
export class OnezoneTooOld extends OnezoneFailure {
  override readonly name = 'OnezoneTooOld';
  readonly version: string;

  constructor(call: FailedCall, version: string) {
    super(call, 200, `Onezone ${version} is too old: 20.02.1 is the oldest that works`);
    this.version = version;
  }
}

/** Transient: the same call may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof OnezoneError) return !error.isPermanent;
  return error instanceof OnezoneUnreachable;
}

/** The write may have taken effect despite the error: read the zone's state before acting on it. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof OnezoneUnreachable) return error.write && error.sent;
  if (!(error instanceof OnezoneError) || !error.write || isBreaker(error)) return false;
  return error.status >= 500 || error.status === 408;
}

/** Onezone's circuit breaker (disk nearly full). It stays open until an operator acts, so quick retries are useless. */
export function isBreaker(error: unknown): boolean {
  return error instanceof OnezoneError && error.errorId === 'serviceUnavailable';
}

/** The object of the call does not exist. */
export function isNotFound(error: unknown): error is OnezoneError {
  return error instanceof OnezoneError && error.errorId === 'notFound';
}

/** The token is valid, but its `api` caveat leaves this call out. */
export function isTokenTooNarrow(error: unknown): error is OnezoneAuthError {
  return error instanceof OnezoneAuthError && error.reason === 'tokenTooNarrow';
}

/** The credentials are valid, but the account lacks the privilege or the token is confined to other calls. */
export function isNotAllowed(error: unknown): error is Error {
  if (isTokenTooNarrow(error)) return true;
  return error instanceof OnezoneError && error.errorId === 'forbidden';
}
