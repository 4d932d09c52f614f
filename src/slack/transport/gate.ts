import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HTTPModuleFunctions } from '@slack/bolt';
import type { Logger } from 'pino';
import { describeFault } from './fault.js';

export interface GateOptions {
  readonly endpoint: string;
  /** In bytes. A large view is 250 kB, but what Slack sends of it is smaller. */
  readonly bodyLimit: number;
  readonly now: () => Date;
  readonly log: Logger;
}

/**
 * Stands before Bolt's request listener and turns away what it does not survive or does not mind: a body that is `null`
 * (ends the process), a timestamp in the future (a signature to be used later), a charset in the content type (400).
 */
export const createGate =
  (options: GateOptions, bolt: RequestListener): RequestListener =>
  (request, response) => {
    // Compared as it came: Bolt normalises paths, and `/slack/./events` would reach it past this gate.
    if (request.method !== 'POST' || request.url?.split('?')[0] !== options.endpoint) {
      turnAway(request, response, 404);
      return;
    }
    admit(options, request)
      .then((verdict) => {
        if (verdict === 'welcome') bolt(request, response);
        else turnAway(request, response, verdict);
      })
      .catch((error: unknown) => {
        options.log.warn({ fault: describeFault(error) }, 'a Slack request could not be read');
        response.destroy();
      });
  };

type Verdict = 'welcome' | 400 | 401 | 413;

const admit = async (options: GateOptions, request: IncomingMessage): Promise<Verdict> => {
  if (isAhead(request, options.now())) {
    options.log.warn('refused a Slack request whose timestamp lies in the future');
    return 401;
  }
  const { headers } = request;
  // Bolt compares the whole header, and a proxy may have added a charset.
  if (headers['content-type'] !== undefined) {
    headers['content-type'] = headers['content-type'].split(';')[0]?.trim() ?? '';
  }
  try {
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, options.bodyLimit);
    return isObject(rawBody.toString(), headers['content-type']) ? 'welcome' : 400;
  } catch (error) {
    if (!HTTPModuleFunctions.isRawBodyError(error) || error.statusCode !== 413) throw error;
    options.log.warn({ limit: options.bodyLimit }, 'refused a Slack request that is too large');
    return 413;
  }
};

const turnAway = (request: IncomingMessage, response: ServerResponse, status: number): void => {
  response.writeHead(status);
  response.end();
  // The rest of a large body is read and dropped, or the next request on this connection would wait behind it.
  request.resume();
};

// Slack's clock and ours may differ a little; Bolt checks only that a timestamp is not too old.
const isAhead = (request: IncomingMessage, now: Date): boolean =>
  Number(request.headers['x-slack-request-timestamp']) * 1000 > now.getTime() + 60_000;

/** Whether Bolt will find an object in this body, or will itself refuse to parse it. */
const isObject = (text: string, contentType: string | undefined): boolean => {
  if (contentType !== 'application/x-www-form-urlencoded') return text.trimStart().startsWith('{');
  const payload = new URLSearchParams(text).get('payload');
  return payload === null || payload.trimStart().startsWith('{');
};
