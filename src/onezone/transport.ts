import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates } from 'node:tls';
import { errors, Pool, type Dispatcher } from 'undici';
import { OnezoneUnreachable, type FailedCall, type Silence } from './errors.js';
import type { OnezoneConfig } from './onezone.js';
import type { Reply } from './reply.js';

export interface Message {
  /** With the API's prefix. */
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Transport {
  /** One request, one answer of any status; redirects are not followed. Throws OnezoneUnreachable. */
  send(message: Message, call: FailedCall): Promise<Reply>;
  close(): Promise<void>;
}

export const DEFAULT_TIMEOUT_MS = 10_000;

/** Onezone closes a connection after 30 requests. Undici counts from 0, and says `close` with the 30th. */
const REQUESTS_PER_CONNECTION = 29;
const CONNECTIONS = 8;
/** The list of 100 000 users has 4 MB. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

export function createTransport(config: OnezoneConfig): Transport {
  const timeoutMs = config.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const pool = new Pool(new URL(config.url).origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    maxRequestsPerClient: REQUESTS_PER_CONNECTION,
    headersTimeout: timeoutMs,
    // Undici's is between two pieces: an answer could drip for ever. The deadline below is for all of it.
    bodyTimeout: 0,
    connect: tlsOptions(config),
  });
  return {
    send: (message, call) =>
      new Promise((resolve, reject) => {
        const fail = (silence: Silence) => {
          reject(new OnezoneUnreachable(call, silence));
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
    ...(ca === undefined ? {} : { secureContext: trusting(ca) }),
  };
}

/**
 * Naming an authority replaces the usual ones, so they are named too. Reading them all takes long enough to do
 * it once and not for every connection.
 */
function trusting(ca: string) {
  // What is no certificate would be passed over in silence.
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

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly fail: (silence: Silence) => void;
  readonly timeoutMs: number;
}

/**
 * `sent` is known exactly: `onRequestStart` comes when the connection stands and writing is about to begin, and
 * never for a connection that could not be made.
 */
function collect({ resolve, fail, timeoutMs }: Waiting): Dispatcher.DispatchHandler {
  const pieces: Buffer[] = [];
  let sent = false;
  let size = 0;
  let head: Omit<Reply, 'text'> = { status: 0, location: null };
  let deadline: NodeJS.Timeout | undefined;
  const giveUp = (controller: Dispatcher.DispatchController, kind: 'bodyTimeout' | 'tooLarge') => {
    fail({ kind, sent, status: head.status });
    controller.abort(new Error(kind));
  };
  return {
    onRequestStart: () => {
      sent = true;
    },
    onResponseStart: (controller, status, headers) => {
      if (status < 200) return;
      head = { status, location: first(headers['location']) };
      deadline = setTimeout(() => {
        giveUp(controller, 'bodyTimeout');
      }, timeoutMs);
    },
    onResponseData: (controller, piece) => {
      size += piece.length;
      pieces.push(piece);
      if (size > MAX_REPLY_BYTES) giveUp(controller, 'tooLarge');
    },
    onResponseEnd: () => {
      clearTimeout(deadline);
      resolve({ ...head, text: Buffer.concat(pieces).toString('utf8') });
    },
    onResponseError: (_controller, error) => {
      clearTimeout(deadline);
      fail({ kind: kindOf(error, sent), sent, code: codeOf(error) });
    },
  };
}

function kindOf(error: Error, sent: boolean): Silence['kind'] {
  const code = codeOf(error);
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') return 'closed';
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return 'headersTimeout';
  if (error instanceof errors.HTTPParserError) return 'garbled';
  if (sent) return 'reset';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'connectTimeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return code !== null && TLS.test(code) ? 'tls' : 'noConnection';
}

/** OpenSSL's codes for certificates have no common beginning. */
const TLS =
  /^ERR_(SSL|TLS)|^EPROTO$|^UNABLE_TO_|CERT|CRL|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^HOSTNAME_MISMATCH$/;

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
