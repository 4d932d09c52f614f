import { setTimeout as sleepFor } from 'node:timers/promises';
import type { z } from 'zod';
import type { FailedCall } from './errors.js';
import type { Credentials, OnezoneConfig, OnezoneDeps } from './onezone.js';
import type { Place } from './place.js';
import { toFailure } from './refusal.js';
import { createdId, mustNotBeAPage, parseReply, type Reply } from './reply.js';
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
  readonly at: Place;
  readonly body?: object;
  /** Without credentials: what is public is denied to a token whose `api` caveat leaves it out. */
  readonly anonymous?: boolean;
}

/** The calls below one prefix. Answers of success to what changes the zone are empty and not looked at. */
export interface Api {
  /** Tried again when that may help. */
  get<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>>;
  /** A POST that changes nothing; it is tried again too. */
  query<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>>;
  /** POST, sent once: a second one could make a second thing. Gives the new id. */
  create(request: Request): Promise<string>;
  /** Sent once: the answer to a second PUT hides whether the first one did something. */
  put(request: Request): Promise<void>;
  /** Tried again: a second PATCH leaves the same state and is answered in the same way. */
  patch(request: Request): Promise<void>;
  /** Sent once, as PUT. */
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
  const { log, onCall, random = Math.random, sleep = wait } = deps;

  async function once({ message, call, route }: Outgoing, attempt: number): Promise<Reply> {
    const start = performance.now();
    let status: number | null = null;
    try {
      const reply = await transport.send(message, call);
      status = reply.status;
      if (status < 200 || status > 299) throw toFailure(call, reply);
      if (call.write) mustNotBeAPage(call, reply);
      return reply;
    } finally {
      const ms = performance.now() - start;
      onCall?.({ method: call.method, path: call.path, route, status, ms, attempt });
    }
  }

  function repeatedly(outgoing: Outgoing): Promise<Reply> {
    return withRetries((attempt) => once(outgoing, attempt), {
      sleep,
      random,
      signal: closing.signal,
      patienceMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      onRetry: (error, attempt) => {
        log?.warn({ err: error, attempt }, 'Onezone will be asked again');
      },
    });
  }

  function under(prefix: string): Api {
    const prepare = (method: Method, request: Request, write: boolean): Outgoing => ({
      message: {
        method,
        path: prefix + request.at.path,
        headers: headersFor(request, request.anonymous === true ? {} : secrets),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      },
      call: { method, path: prefix + request.at.path, write },
      route: request.at.route,
    });
    const read = async <Schema extends z.ZodType>(outgoing: Outgoing, schema: Schema) =>
      parseReply(outgoing.call, await repeatedly(outgoing), schema);
    return {
      get: (request, schema) => read(prepare('GET', request, false), schema),
      query: (request, schema) => read(prepare('POST', request, false), schema),
      create: async (request) => {
        const outgoing = prepare('POST', request, true);
        return createdId(outgoing.call, await once(outgoing, 1));
      },
      put: async (request) => {
        await once(prepare('PUT', request, true), 1);
      },
      patch: async (request) => {
        await repeatedly(prepare('PATCH', request, true));
      },
      delete: async (request) => {
        await once(prepare('DELETE', request, true), 1);
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

/** Exactly these: Onezone refuses `application/json; charset=utf-8`, in both headers. */
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

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return sleepFor(ms, undefined, signal === undefined ? {} : { signal });
}
