import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { withholdNothing } from '../withhold.js';
import type { ApiPath } from './api-path.js';
import type { FailedCall } from './errors.js';
import type { Credentials, OnezoneConfig, OnezoneDeps } from './onezone.js';
import { toFailure } from './refusal.js';
import { createdId, parseReply, rejectHtml, type Reply } from './reply.js';
import { withRetries } from './retry.js';
import { createTransport, DEFAULT_TIMEOUT_MS, type Message } from './transport.js';

type Method = Message['method'];
type Headers = Message['headers'];

interface Outgoing {
  readonly message: Message;
  readonly call: FailedCall;
  readonly route: string;
}

interface Request {
  readonly path: ApiPath;
  readonly body?: object;
  /** Sent without credentials: a token whose `api` caveat leaves the call out is refused even what is public. */
  readonly anonymous?: boolean;
}

/** Calls below one API prefix. Successful writes are answered with an empty body, which is not parsed. */
export interface Api {
  /** Retried. */
  get<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>>;
  /** A POST that only reads, so it is retried too. */
  query<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>>;
  /** POST, never retried: a second one could create a duplicate. Returns the new id. */
  create(request: Request): Promise<string>;
  /** Never retried: the answer to a second PUT does not tell whether the first one took effect. */
  put(request: Request): Promise<void>;
  /** Retried: PATCH is idempotent here, in state and in answer. */
  patch(request: Request): Promise<void>;
  /** Never retried, as PUT. */
  delete(request: Request): Promise<void>;
}

export interface Caller {
  readonly under: (prefix: string) => Api;
  readonly close: () => Promise<void>;
}

export function createCaller(config: OnezoneConfig, deps: OnezoneDeps): Caller {
  const transport = createTransport(config);
  const closing = new AbortController();
  const secrets = toHeaders(config.credentials);
  const { log, onCall, random = Math.random, sleep = abortableSleep } = deps;
  const { withhold = withholdNothing } = deps;

  async function sendOnce({ message, call, route }: Outgoing, attempt: number): Promise<Reply> {
    const start = performance.now();
    let status: number | null = null;
    try {
      const reply = await transport.send(message, call);
      status = reply.status;
      if (status < 200 || status > 299) throw toFailure(call, reply);
      if (call.write) rejectHtml(call, reply);
      return reply;
    } finally {
      const ms = performance.now() - start;
      onCall?.({ method: call.method, path: call.path, route, status, ms, attempt });
    }
  }

  function sendWithRetries(outgoing: Outgoing): Promise<Reply> {
    return withRetries((attempt) => sendOnce(outgoing, attempt), {
      sleep,
      random,
      signal: closing.signal,
      deadlineMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      onRetry: (error, attempt) => {
        log?.warn({ err: error, attempt }, 'Onezone will be asked again');
      },
    });
  }

  function under(prefix: string): Api {
    const prepare = (method: Method, request: Request, write: boolean): Outgoing => ({
      message: {
        method,
        path: prefix + request.path.value,
        headers: headersFor(request, request.anonymous === true ? {} : secrets),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      },
      call: { method, path: prefix + request.path.value, write },
      route: request.path.route,
    });
    const read = async <Schema extends z.ZodType>(outgoing: Outgoing, schema: Schema) =>
      withhold(parseReply(outgoing.call, await sendWithRetries(outgoing), schema));
    return {
      get: (request, schema) => read(prepare('GET', request, false), schema),
      query: (request, schema) => read(prepare('POST', request, false), schema),
      create: async (request) => {
        const outgoing = prepare('POST', request, true);
        return createdId(outgoing.call, await sendOnce(outgoing, 1));
      },
      put: async (request) => {
        await sendOnce(prepare('PUT', request, true), 1);
      },
      patch: async (request) => {
        await sendWithRetries(prepare('PATCH', request, true));
      },
      delete: async (request) => {
        await sendOnce(prepare('DELETE', request, true), 1);
      },
    };
  }

  return {
    under,
    close: async () => {
      closing.abort();
      await transport.close();
    },
  };
}

/** Onezone refuses `application/json; charset=utf-8`, both as `accept` and as `content-type`. */
function headersFor({ body }: Request, secrets: Headers): Headers {
  const json = 'application/json';
  return { accept: json, ...(body === undefined ? {} : { 'content-type': json }), ...secrets };
}

function toHeaders(credentials: Credentials): Headers {
  if ('token' in credentials) {
    if (!/^[\x21-\x7e]+$/.test(credentials.token)) {
      throw new TypeError('A token of Onezone has no spaces, line breaks or accents in it.');
    }
    return { 'x-auth-token': credentials.token };
  }
  const pair = `${credentials.username}:${credentials.password}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

function abortableSleep(ms: number, signal?: AbortSignal): Promise<void> {
  return delay(ms, undefined, signal === undefined ? {} : { signal });
}
