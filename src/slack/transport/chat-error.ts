import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { ChatError } from '../../chat.js';
import { slackCode } from './fault.js';

/**
 * What a failed call to Slack means for the one who made it. For calls that may be repeated without harm (reading, editing)
 * there is no `unknown`.
 */
export const toChatError = (error: unknown, call: { readonly repeatable: boolean }): ChatError => {
  if (error instanceof ChatError) return error;
  const found = classify(error);
  const kind = found.kind === 'unknown' && call.repeatable ? 'later' : found.kind;
  return new ChatError(kind, found.code, {
    cause: error,
    ...(found.retryAfter !== undefined && { retryAfter: found.retryAfter }),
  });
};

interface Found {
  readonly kind: ChatError['kind'];
  readonly code: string;
  /** In ms. */
  readonly retryAfter?: number;
}

const classify = (error: unknown): Found => {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'later', code: 'ratelimited', retryAfter: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) return byCode(slackCode(error));
  if (error instanceof WebAPIHTTPError) return byStatus(error.statusCode);
  // The SDK has no class for a 429 that does not say how long.
  if (error instanceof Error && error.message.startsWith('Retry header')) {
    return { kind: 'later', code: 'ratelimited' };
  }
  return byNetwork(error);
};

const NOT_YET = [
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
];
// Slack says of both that part of the call may have succeeded.
const HALF_DONE = ['internal_error', 'fatal_error'];
const ABOUT_TOKEN = [
  'token_revoked',
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'org_login_required',
  'ekm_access_denied',
];
// Not `no_permission`: Slack says it of one conversation that the app is no member of.
const ABOUT_PERMISSION = ['missing_scope', 'not_allowed_token_type'];

/** Slack takes nothing from us. */
export const isAboutToken = (code: string): boolean => ABOUT_TOKEN.includes(code);

/** Slack takes other calls, but none of this kind. */
export const isAboutPermission = (code: string): boolean => ABOUT_PERMISSION.includes(code);

const byCode = (code: string | null): Found => {
  // HTML with status 200: something between us and Slack answered, and what became of the call it does not say.
  if (code === null) return { kind: 'unknown', code: 'not_slack' };
  if (NOT_YET.includes(code)) return { kind: 'later', code };
  if (HALF_DONE.includes(code)) return { kind: 'unknown', code };
  if (isAboutToken(code) || isAboutPermission(code)) return { kind: 'credentials', code };
  return { kind: 'never', code };
};

// 503 is said before anything is done; a gateway says 502 or 504 also of a call that went through.
const byStatus = (status: number): Found => ({
  kind: status >= 500 && status !== 503 ? 'unknown' : 'later',
  code: `http_${status}`,
});

const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

const byNetwork = (error: unknown): Found => {
  const code = networkCode(error, 4);
  if (code !== null && NEVER_SENT.includes(code)) return { kind: 'later', code: 'unreachable' };
  return { kind: 'unknown', code: 'no_answer' };
};

// undici puts the reason under one or two causes; with several addresses, into an AggregateError that has the code of the first.
const networkCode = (error: unknown, depth: number): string | null => {
  if (!(error instanceof Error) || depth === 0) return null;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (own !== null && NEVER_SENT.includes(own)) return own;
  return networkCode(error.cause, depth - 1);
};
