import type { Tamper, WireRequest } from '../types.js';
import type { Route } from './routes.js';
import { sign, signingTime } from './sign.js';

const userAgent = 'Slackbot 1.0 (+https://api.slack.com/robots)';

// Bolt parses a form only under exactly these types; Slack adds no charset.
const contentTypes = {
  form: 'application/x-www-form-urlencoded',
  payload: 'application/x-www-form-urlencoded',
  json: 'application/json',
} as const;

export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

export function signedRequest(
  secret: string,
  route: Route,
  sent: { readonly payload: object; readonly retry: Retry | null },
): WireRequest {
  const body = bodyOf(route, sent.payload);
  const timestamp = signingTime();
  return {
    body,
    envelopeId: null,
    headers: {
      'content-type': contentTypes[route.body],
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': userAgent,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(secret, timestamp, body),
      ...(sent.retry === null
        ? {}
        : {
            'x-slack-retry-num': String(sent.retry.attempt),
            'x-slack-retry-reason': sent.retry.reason,
          }),
    },
  };
}

/** The same request spoilt in the named way. Without a tampering it stays the same to the byte. */
export function tampered(secret: string, wire: WireRequest, tamper: Tamper): WireRequest {
  if (Object.keys(tamper).length === 0) return wire;
  const body = wire.body + padding(wire, tamper.padTo ?? 0);
  const timestamp = signingTime(tamper.skew ?? 0);
  const signature = sign(tamper.signature === 'wrong' ? `${secret}?` : secret, timestamp, body);
  return {
    ...wire,
    body,
    headers: {
      'user-agent': userAgent,
      'content-type': tamper.contentType ?? wire.headers['content-type'] ?? '',
      'content-length': String(Buffer.byteLength(body)),
      'x-slack-request-timestamp': timestamp,
      ...(tamper.signature === 'missing' ? {} : { 'x-slack-signature': signature }),
    },
  };
}

function bodyOf(route: Route, payload: object): string {
  switch (route.body) {
    case 'form':
      return new URLSearchParams(
        Object.entries(payload).map(([key, value]: [string, unknown]): [string, string] => [
          key,
          String(value),
        ]),
      ).toString();
    case 'payload':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    case 'json':
      return JSON.stringify(payload);
  }
}

/** Blanks after JSON, one more form field otherwise: the body still means the same. */
function padding(wire: WireRequest, size: number): string {
  const missing = size - Buffer.byteLength(wire.body);
  if (missing <= 0) return '';
  if (wire.headers['content-type'] === contentTypes.json) return ' '.repeat(missing);
  return '&padding='.padEnd(missing, 'x');
}
