import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Decides which requests are allowed. */
export interface Gate {
  /** Null: allowed. */
  check(request: IncomingMessage, url: URL): Rejection | null;
  /** The `set-cookie` value for a request with the right key in its URL, else null. */
  cookieFor(url: URL): string | null;
}

interface Rejection {
  readonly status: 401 | 403 | 415;
  readonly why: string;
}

/** Sent with every POST: other sites cannot set it without a CORS preflight. */
const PAGE_HEADER = 'x-handle-desk';

export function createGate(key: string | null): Gate {
  return {
    check(request, url) {
      const { host = '' } = request.headers;
      if (key === null && !isHere(host)) {
        return { status: 403, why: `This page is for this machine only, not for ${host}.` };
      }
      if (key !== null && !isSame(keyIn(request, url), key)) {
        return {
          status: 401,
          why: 'Open the address that was printed at the start: it has a key.',
        };
      }
      return request.method === 'POST' ? checkPost(request, host) : null;
    },
    cookieFor(url) {
      if (key === null || !isSame(url.searchParams.get('key') ?? '', key)) return null;
      // Lax, not Strict: a click in a chat or mail redirects to the URL without the key.
      return `${KEY_COOKIE}=${key}; HttpOnly; SameSite=Lax; Path=/`;
    },
  };
}

const KEY_COOKIE = 'handle_desk_key';

/**
 * Prevents DNS rebinding, by which a foreign host name resolves to 127.0.0.1. The port is ignored, because a tunnel
 * may use another one. Not needed with a key: its cookie is bound to the host name.
 */
const isHere = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

function keyIn(request: IncomingMessage, url: URL): string {
  const given = url.searchParams.get('key');
  if (given !== null) return given;
  const all = (request.headers.cookie ?? '').split(/;\s*/);
  return all.find((pair) => pair.startsWith(`${KEY_COOKIE}=`))?.slice(KEY_COOKIE.length + 1) ?? '';
}

/** Hashed, because `timingSafeEqual` needs equal lengths and the length must not leak. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

function checkPost({ headers }: IncomingMessage, host: string): Rejection | null {
  if (headers['content-type'] !== 'application/json') {
    return { status: 415, why: 'The body must be application/json.' };
  }
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  const { origin } = headers;
  const isOwn = origin === undefined || hostOf(origin) === host.toLowerCase();
  if (headers[PAGE_HEADER] !== '1' || site !== 'same-origin' || !isOwn) {
    return { status: 403, why: 'Only this page may ask for that.' };
  }
  return null;
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');
