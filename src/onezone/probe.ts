import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { TLSSocket } from 'node:tls';

/** What a zone shows to whoever knocks, without credentials. */
export interface Probe {
  /** By its own clock, to the second; null: it does not say. */
  readonly date: Date | null;
  /** Null over plain HTTP. */
  readonly certificateEnds: Date | null;
}

/** Knocks once. Certificates are looked at and not judged, for that every real call does. Rejects with a system error. */
export function probe(url: string, { timeoutMs = 10_000 } = {}): Promise<Probe> {
  return new Promise((resolve, reject) => {
    const address = new URL('/api/v3/onezone/configuration', url);
    const heard = (answer: IncomingMessage): void => {
      answer.resume();
      const date = new Date(answer.headers.date ?? '');
      resolve({
        date: Number.isNaN(date.getTime()) ? null : date,
        certificateEnds: endOf(answer),
      });
    };
    const options = { timeout: timeoutMs, agent: false };
    const knocking =
      address.protocol === 'https:'
        ? getSecure(address, { ...options, rejectUnauthorized: false }, heard)
        : getPlain(address, options, heard);
    knocking.on('timeout', () => knocking.destroy(new Error('no answer in time')));
    knocking.on('error', reject);
  });
}

function endOf({ socket }: IncomingMessage): Date | null {
  if (!(socket instanceof TLSSocket)) return null;
  const ends = new Date(socket.getPeerCertificate().valid_to);
  return Number.isNaN(ends.getTime()) ? null : ends;
}
