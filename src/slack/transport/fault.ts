import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';

export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly code: string | null;
  readonly at: readonly string[];
  readonly cause: Fault | null;
}

/**
 * What of an error may be logged: its kind, its message and where it came from. Slack's error classes carry the whole
 * answer (`data`, `body`, `headers`) and a logger's own serializer would write all of it down.
 */
export const describeFault = (error: unknown, depth = 4): Fault => {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: scrub(plain(error)), code: null, at: [], cause: null };
  }
  return {
    type: error.name,
    message: scrub(messageOf(error)),
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    at: frames(error.stack ?? ''),
    cause: error.cause === undefined || depth === 0 ? null : describeFault(error.cause, depth - 1),
  };
};

/** Tokens, and addresses that are as good as tokens, never reach the log, whatever text they travel in. */
export const scrub = (text: string): string =>
  text
    .replace(/\bx(?:ox[a-z]|app)-[\w.-]+/gi, '[token]')
    .replace(/\b(https?|wss?):\/\/[^\s"'<>)]+/gi, withoutPath)
    .slice(0, 1000);

/** Slack's own code for a failed call, or null when the answer was not Slack's: a proxy's page arrives as `error` too. */
export const slackCode = (error: WebAPIPlatformError): string | null => {
  const code: unknown = error.data.error;
  return typeof code === 'string' && /^[a-z0-9_:.-]{1,80}$/i.test(code) ? code : null;
};

const messageOf = (error: Error): string => {
  if (error instanceof WebAPIPlatformError) {
    return `Slack answered ${slackCode(error) ?? 'something that is not from Slack'}`;
  }
  if (error instanceof WebAPIHTTPError) return `Slack answered HTTP ${error.statusCode}`;
  return error.message;
};

const plain = (value: unknown): string => (typeof value === 'string' ? value : typeof value);

// A stack begins with the message, which is not wanted twice and not unscrubbed.
const frames = (stack: string): readonly string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());

const withoutPath = (address: string): string => {
  try {
    return `${new URL(address).origin}/[...]`;
  } catch {
    return '[address]';
  }
};
