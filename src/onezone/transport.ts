import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates } from 'node:tls';
import { errors, Pool, type Dispatcher } from 'undici';
import { errorCode } from '../error-code.js';
import {
  OnezoneUnreachable,
  type FailedCall,
  type TransportFailure,
  type UnreachableKind,
} from './errors.js';
import type { OnezoneConfig } from './onezone.js';
import type { Reply } from './reply.js';

export interface Message {
  /** Includes the API's prefix. */
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Transport {
  /** Sends once. Resolves whatever the status, does not follow redirects. Throws OnezoneUnreachable. */
  send(message: Message, call: FailedCall): Promise<Reply>;
  close(): Promise<void>;
}

export const DEFAULT_TIMEOUT_MS = 10_000;

/** Onezone closes a connection after 30 requests; undici counts from 0. */
const MAX_REQUESTS_PER_CONNECTION = 29;
const MAX_CONNECTIONS = 8;
/** A list of 100 000 users has 4 MB. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;
/** Onezone's own are below 1 kB; what proxies add is not much. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Answers before the answer (1xx), such as the early hints of a proxy. Onezone itself sends none. */
const MAX_INTERIM_ANSWERS = 8;

export function createTransport(config: OnezoneConfig): Transport {
  const timeoutMs = config.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const pool = new Pool(new URL(config.url).origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    maxRequestsPerClient: MAX_REQUESTS_PER_CONNECTION,
    maxHeaderSize: MAX_HEADER_BYTES,
    maxResponseSize: MAX_REPLY_BYTES,
    // Undici's limits begin anew with every interim answer and every chunk, so that a call could last for ever: `collect` has one
    // deadline for all of it instead.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: tlsOptions(config),
  });
  return {
    send: (message, call) =>
      new Promise((resolve, reject) => {
        const fail = (failure: TransportFailure) => {
          reject(new OnezoneUnreachable(call, failure));
        };
        const { path, method, headers, body = null } = message;
        pool.dispatch(
          { path, method, headers: { ...headers }, body },
          collect({ resolve, fail, timeoutMs }),
        );
      }),
    close: async () => {
      if (!pool.closed) await pool.close();
    },
  };
}

function tlsOptions({ ca, insecureTls, connectTimeoutMs }: OnezoneConfig) {
  return {
    timeout: connectTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    rejectUnauthorized: insecureTls !== true,
    ...(ca === undefined ? {} : { secureContext: secureContextWith(ca) }),
  };
}

/** `ca` replaces the public authorities, so they are added back. One context for all connections, as parsing them is slow. */
function secureContextWith(ca: string) {
  // Node silently ignores text that is not a certificate.
  if (!isCertificate(ca)) throw new TypeError('The private authority is not a PEM certificate.');
  return createSecureContext({ ca: [...rootCertificates, ca] });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}

interface Exchange {
  readonly resolve: (reply: Reply) => void;
  readonly fail: (failure: TransportFailure) => void;
  readonly timeoutMs: number;
}

/**
 * `onRequestStart` fires once connected, just before writing, so `sent` stays false only if nothing can have been sent. The
 * deadline begins there: a call that waits for a free connection is not late, and no connection is held for longer.
 */
function collect({ resolve, fail, timeoutMs }: Exchange): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let sent = false;
  let interim = 0;
  let head: Omit<Reply, 'text'> | null = null;
  let deadline: NodeJS.Timeout | undefined;
  const failed = (kind: UnreachableKind, code: string | null = null) => {
    clearTimeout(deadline);
    fail({ kind, sent, code, ...(head === null ? {} : { status: head.status }) });
  };
  const giveUp = (controller: Dispatcher.DispatchController, kind: UnreachableKind) => {
    failed(kind);
    controller.abort(new Error(kind));
  };
  return {
    onRequestStart: (controller) => {
      sent = true;
      clearTimeout(deadline);
      deadline = setTimeout(() => {
        giveUp(controller, head === null ? 'headersTimeout' : 'bodyTimeout');
      }, timeoutMs);
    },
    onResponseStart: (controller, status, headers) => {
      if (status >= 200) head = { status, location: first(headers['location']) };
      else if ((interim += 1) > MAX_INTERIM_ANSWERS) giveUp(controller, 'garbled');
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => {
      clearTimeout(deadline);
      if (head === null) failed('garbled');
      else resolve({ ...head, text: Buffer.concat(chunks).toString('utf8') });
    },
    onResponseError: (_controller, error) => {
      failed(kindOf(error, sent), errorCode(error));
    },
  };
}

function kindOf(error: Error, sent: boolean): UnreachableKind {
  const code = errorCode(error);
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') return 'closed';
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return 'tooLarge';
  }
  if (error instanceof errors.HTTPParserError) return 'garbled';
  if (sent) return 'reset';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'connectTimeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return code !== null && TLS_ERROR_CODE.test(code) ? 'tls' : 'noConnection';
}

/** OpenSSL's certificate codes have no common prefix. */
const TLS_ERROR_CODE =
  /^ERR_(SSL|TLS)|^EPROTO$|^UNABLE_TO_|CERT|CRL|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^HOSTNAME_MISMATCH$/;

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
