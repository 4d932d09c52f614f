import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may ask this server anything. */
export interface Gate {
  /** Null: come in. */
  check(request: IncomingMessage, url: URL): Turned | null;
  /** The header that lets a browser in from now on, when it brought the key in its address. */
  welcome(url: URL): string | null;
}

interface Turned {
  readonly status: 401 | 403 | 415;
  readonly why: string;
}

/** The page sends it with every wish: a foreign page cannot, without asking first. */
const ownHeader = 'x-handle-desk';

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
      return request.method === 'POST' ? checkWish(request, host) : null;
    },
    welcome(url) {
      if (key === null || !isSame(url.searchParams.get('key') ?? '', key)) return null;
      // Lax, not Strict: the address may be clicked in a chat or a mail, and leads on without its key.
      return `${cookie}=${key}; HttpOnly; SameSite=Lax; Path=/`;
    },
  };
}

const cookie = 'handle_desk_key';

/**
 * A foreign name that points at 127.0.0.1 (DNS rebinding) would let a web page read everything here. The port is no part of it:
 * a tunnel has another one. Where a key is asked for, a foreign name has no cookie.
 */
const isHere = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

function keyIn(request: IncomingMessage, url: URL): string {
  const given = url.searchParams.get('key');
  if (given !== null) return given;
  const all = (request.headers.cookie ?? '').split(/;\s*/);
  return all.find((it) => it.startsWith(`${cookie}=`))?.slice(cookie.length + 1) ?? '';
}

/** Hashed first: the comparison needs two of one length, and must not tell which. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

function checkWish({ headers }: IncomingMessage, host: string): Turned | null {
  if (headers['content-type'] !== 'application/json') {
    return { status: 415, why: 'Wishes come as application/json.' };
  }
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  const { origin } = headers;
  const isOwn = origin === undefined || hostOf(origin) === host.toLowerCase();
  if (headers[ownHeader] !== '1' || site !== 'same-origin' || !isOwn) {
    return { status: 403, why: 'Only this page may ask for that.' };
  }
  return null;
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');
