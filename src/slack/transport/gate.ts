import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isValidSlackRequest } from '@slack/bolt';
import type { Logger } from 'pino';
import { createBursts } from '../../bursts.js';
import { farewell } from '../../connections.js';
import { type Body, createBodies } from './body.js';

export interface GateOptions {
  readonly endpoint: string;
  readonly signingSecret: string;
  readonly now: () => Date;
  readonly log: Logger;
  /** Marks a connection as one on which a signed request is being answered, until the returned function is called. */
  readonly hold: (socket: Socket) => () => void;
  /** Told of each request that was turned away. */
  readonly refused: (status: number) => void;
}

/** Bytes. A large view is 250 kB, but what Slack sends of it is smaller. */
const BODY_LIMIT = 256 * 1024;
/** Of all requests together whose signature is not checked yet. */
const IN_FLIGHT_LIMIT = 8 * 1024 * 1024;
/** Of a request that does not claim to be signed: Slack's `ssl_check` has under a hundred. */
const UNSIGNED_LIMIT = 1024;

/**
 * Stands before Bolt's request listener: whoever does not hold Slack's signing secret gets as little as can be of the process's time and
 * memory. It also turns away what Bolt does not survive or does not mind: a body that is `null` (ends the process), a timestamp in
 * the future (a signature to be used later), a charset in the content type (400).
 */
export const createGate = (options: GateOptions, bolt: RequestListener): RequestListener => {
  const bodies = createBodies({ each: BODY_LIMIT, together: IN_FLIGHT_LIMIT });
  const bursts = createBursts((reason, times) => {
    options.log.warn({ times }, reason);
  });
  const turnAway = (request: IncomingMessage, response: ServerResponse, why: Refused): void => {
    options.refused(why.status);
    bursts.count(`refused a Slack request ${why.reason}`);
    farewell(request, response, why.status);
  };
  return (request, response) => {
    const early = beforeTheBody(options, request);
    if (early !== null) {
      turnAway(request, response, early);
      return;
    }
    bodies
      .read(request, (body) => judge(options, request, body))
      .then((verdict) => {
        if (verdict === 'ssl check') {
          farewell(request, response, 200);
          return;
        }
        if (verdict !== null) {
          turnAway(request, response, verdict);
          return;
        }
        response.once('close', options.hold(request.socket));
        bolt(request, response);
      })
      .catch(() => {
        bursts.count('a Slack request broke off');
        response.destroy();
      });
  };
};

interface Refused {
  readonly status: 400 | 401 | 404 | 413 | 503;
  /** Follows “refused a Slack request”. */
  readonly reason: string;
}

const refused = {
  elsewhere: { status: 404, reason: 'that is not for this address' },
  unsigned: { status: 401, reason: 'that is not signed' },
  ahead: { status: 401, reason: 'whose timestamp lies in the future' },
  stale: { status: 401, reason: 'whose timestamp is too old' },
  forged: { status: 401, reason: 'whose signature is wrong' },
  large: { status: 413, reason: 'that is too large' },
  busy: { status: 503, reason: 'because too much was being read at once' },
  unreadable: { status: 400, reason: 'that is not an object' },
} as const satisfies Readonly<Record<string, Refused>>;

/** What can be said of a request from its head alone; null: its body is worth reading. */
function beforeTheBody({ endpoint, now }: GateOptions, request: IncomingMessage): Refused | null {
  // Compared as it came: Bolt normalises paths, and `/slack/./events` would reach it past this gate.
  if (request.method !== 'POST' || request.url?.split('?')[0] !== endpoint)
    return refused.elsewhere;
  const { signature, timestamp } = signedHead(request);
  if (signature === undefined && timestamp === undefined) {
    const length = request.headers['content-length'];
    return length !== undefined && Number(length) <= UNSIGNED_LIMIT ? null : refused.unsigned;
  }
  if (!/^v0=[0-9a-f]{64}$/.test(signature ?? '') || !/^\d{1,12}$/.test(timestamp ?? ''))
    return refused.unsigned;
  const sent = Number(timestamp) * 1000;
  // Slack's clock and ours may differ a little.
  if (sent > now().getTime() + 60_000) return refused.ahead;
  // By the machine's clock, as Bolt does it.
  return sent < Date.now() - 300_000 ? refused.stale : null;
}

const signedHead = ({ headers }: IncomingMessage) => ({
  signature: oneOf(headers['x-slack-signature']),
  timestamp: oneOf(headers['x-slack-request-timestamp']),
});

const oneOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.join(', ');

/** Null: Slack has signed it, and it is for Bolt. */
function judge(
  options: GateOptions,
  request: IncomingMessage,
  body: Body,
): Refused | 'ssl check' | null {
  if (body === 413) return refused.large;
  if (body === 503) return refused.busy;
  const { headers } = request;
  // Bolt compares the whole header, and a proxy may have added a charset.
  if (headers['content-type'] !== undefined) {
    headers['content-type'] = headers['content-type'].split(';')[0]?.trim() ?? '';
  }
  const text = body.toString();
  const form =
    headers['content-type'] === 'application/x-www-form-urlencoded'
      ? new URLSearchParams(text)
      : null;
  // Slack does not sign this one: it is answered here, and whoever sent it has no claim to anything more.
  if (form?.get('ssl_check') === '1') return 'ssl check';
  if (!isSigned(options, request, text)) return refused.forged;
  if (!isObject(text, form)) return refused.unreadable;
  // Where Bolt looks for a body that was read before.
  Object.assign(request, { rawBody: body });
  return null;
}

function isSigned({ signingSecret }: GateOptions, request: IncomingMessage, text: string): boolean {
  const { signature = '', timestamp } = signedHead(request);
  return isValidSlackRequest({
    signingSecret,
    body: text,
    headers: {
      'x-slack-signature': signature,
      'x-slack-request-timestamp': Number(timestamp),
    },
  });
}

/** Whether Bolt will find an object in this body, or will itself refuse to parse it. */
function isObject(text: string, form: URLSearchParams | null): boolean {
  if (form === null) return text.trimStart().startsWith('{');
  const payload = form.get('payload');
  return payload === null || payload.trimStart().startsWith('{');
}
