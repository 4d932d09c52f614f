import {
  isBreaker,
  type AuthReason,
  OnezoneAuthError,
  OnezoneError,
  OnezoneTooOld,
  OnezoneUnreachable,
  OnezoneWrongUrl,
  type UnreachableKind,
} from './errors.js';

interface Words {
  readonly why: string;
  /** What to do now, by whom. */
  readonly next: string;
  /** It does not pass by itself. */
  readonly needsOperator: boolean;
}

/** Why nothing can be done in Onezone now, and what to do, for people; the error itself is for the log. */
export function outageWords(error: unknown): Words {
  if (error instanceof OnezoneAuthError) return authWords(error);
  if (error instanceof OnezoneWrongUrl) {
    const to = error.redirectedTo;
    return forOperator(
      'Onezone’s API is not where ONEZONE_URL says.',
      to === null
        ? 'An operator has to correct the address and restart the desk; then it goes on by itself.'
        : `An operator has to correct the address, which leads on to ${to}, and restart the desk; then it goes on by itself.`,
    );
  }
  if (error instanceof OnezoneTooOld) {
    return forOperator(
      'This Onezone is too old for the desk.',
      'It goes on when Onezone is 20.02.1 or newer.',
    );
  }
  if (isBreaker(error)) {
    return {
      why: 'Onezone takes no calls: it protects itself, mostly because its disk is nearly full.',
      next: 'An administrator of the zone has to make room there; then it goes on by itself.',
      needsOperator: false,
    };
  }
  if (error instanceof OnezoneError) {
    return {
      why: 'Onezone answers with an error of its own.',
      next: `It is tried again by itself. If it lasts, an administrator of the zone should look into Onezone’s log${error.reference === null ? '' : ` for ${error.reference}`}.`,
      needsOperator: false,
    };
  }
  return error instanceof OnezoneUnreachable ? unreachable(error) : silent;
}

const silent: Words = {
  why: 'Onezone does not answer.',
  next: 'Nothing has to be done: it goes on as soon as Onezone answers.',
  needsOperator: false,
};

function unreachable({ kind, code }: OnezoneUnreachable): Words {
  switch (kind) {
    case 'dns':
      return {
        why: 'The host name in ONEZONE_URL cannot be resolved.',
        next: 'It is tried again by itself. If it lasts, an operator has to check the address and the name server (DNS).',
        needsOperator: false,
      };
    case 'tls':
      return forOperator(
        `The desk does not trust Onezone’s certificate${code === null ? '' : ` (${code})`}.`,
        'An administrator of the zone has to renew it, or an operator to name its authority in ONEZONE_CA_FILE; then it goes on by itself.',
      );
    case 'serverError':
    case 'garbled':
    case 'schema':
    case 'tooLarge':
      return NOT_UNDERSTOOD[kind];
    case 'noConnection':
    case 'connectTimeout':
    case 'headersTimeout':
    case 'bodyTimeout':
    case 'reset':
    case 'closed':
      return silent;
  }
}

const strange: Words = {
  why: 'What answers in Onezone’s place is not what Onezone would say.',
  next: 'It is tried again by itself. If it lasts, an operator should look for a proxy or portal between the desk and Onezone.',
  needsOperator: false,
};

const NOT_UNDERSTOOD: Readonly<
  Record<Extract<UnreachableKind, 'serverError' | 'garbled' | 'schema' | 'tooLarge'>, Words>
> = {
  serverError: {
    why: 'Onezone, or a proxy before it, answers with an error.',
    next: 'It is tried again by itself. If it lasts, an administrator of the zone should look into Onezone’s log.',
    needsOperator: false,
  },
  garbled: strange,
  schema: strange,
  tooLarge: strange,
};

function authWords({ reason }: OnezoneAuthError): Words {
  const why =
    reason === 'tokenTooNarrow'
      ? 'The desk’s Onezone token does not allow this (tokenTooNarrow).'
      : `Onezone does not take the desk’s credentials (${reason}).`;
  return forOperator(why, AUTH_NEXT[reason]);
}

const RENEW =
  'An operator has to put new credentials in place (`npx handle-desk token` makes a token) and restart the desk; then it goes on by itself.';

const AUTH_NEXT: Readonly<Record<AuthReason, string>> = {
  badCredentials: RENEW,
  noCredentials: RENEW,
  tokenExpired: RENEW,
  tokenRevoked: RENEW,
  tokenTooNarrow:
    'An operator has to put a token in place that can do what the policy asks for (`npx handle-desk token`) and restart the desk; then it goes on by itself.',
  tokenNotForHere:
    'An operator has to put a token in place that is for Onezone’s REST interface and for this machine’s address (`npx handle-desk token`), and restart the desk; then it goes on by itself.',
  userBlocked:
    'An administrator of the zone has to unblock the desk’s account; then it goes on by itself.',
  basicAuthDisabled:
    'An operator has to use a token (`npx handle-desk token`), for this account may not log in by password; then restart the desk.',
  basicAuthNotSupported:
    'An operator has to use a token (`npx handle-desk token`), for nobody may log in to this zone by password; then restart the desk.',
  notAUser:
    'An operator has to use credentials of a user of the zone, not of a Oneprovider, and restart the desk.',
};

const forOperator = (why: string, next: string): Words => ({ why, next, needsOperator: true });
