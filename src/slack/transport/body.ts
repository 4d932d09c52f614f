import type { IncomingMessage } from 'node:http';

/** The body in whole, or the status with which its request is turned away. */
export type Body = Buffer | 413 | 503;

export interface Bodies {
  /** Calls `use` with the body; it counts as in flight until that is over. Rejects when the client goes away. */
  readonly read: <T>(request: IncomingMessage, use: (body: Body) => T) => Promise<T>;
}

export interface BodyLimits {
  /** Bytes of one body. */
  readonly each: number;
  /** Bytes of all that are being read. */
  readonly together: number;
}

/**
 * Reads bodies of which nobody knows yet whether they are Slack's. When they are too much together, the largest is given up: what Slack
 * sends is small, so that it is never the one.
 */
export function createBodies(limits: BodyLimits): Bodies {
  const inFlight = new Set<Reading>();
  const shed = (): void => {
    const sizes = [...inFlight];
    const total = sizes.reduce((sum, { size }) => sum + size(), 0);
    if (total <= limits.together) return;
    sizes.reduce((one, other) => (other.size() > one.size() ? other : one)).give(503);
  };
  return {
    read: async (request, use) => {
      const declared = Number(request.headers['content-length'] ?? 0);
      if (declared > limits.each) return use(413);
      const reading = startReading(request, { limit: limits.each, grown: shed });
      inFlight.add(reading);
      try {
        return use(await reading.body);
      } finally {
        inFlight.delete(reading);
      }
    },
  };
}

interface Reading {
  readonly size: () => number;
  readonly body: Promise<Body>;
  readonly give: (status: 413 | 503) => void;
}

function startReading(
  request: IncomingMessage,
  { limit, grown }: { readonly limit: number; readonly grown: () => void },
): Reading {
  const text = createText();
  let give: (body: Body) => void = () => undefined;
  const body = new Promise<Body>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      if (text.length() + chunk.length > limit) {
        give(413);
        return;
      }
      text.add(chunk);
      grown();
    };
    give = (result) => {
      request.off('data', take);
      request.pause();
      resolve(result);
    };
    request.on('data', take);
    request.once('end', () => {
      give(text.whole());
    });
    request.once('error', reject);
    request.once('close', () => {
      reject(new Error('the connection closed before the whole body was there'));
    });
  });
  return { size: text.length, body, give };
}

/** One buffer that grows: a list of pieces of one byte each would take a hundred times as much. */
function createText() {
  let buffer = Buffer.alloc(1024);
  let length = 0;
  return {
    length: () => length,
    add: (chunk: Buffer): void => {
      const needed = length + chunk.length;
      if (needed > buffer.length) {
        const larger = Buffer.alloc(Math.max(needed, buffer.length * 2));
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      chunk.copy(buffer, length);
      length = needed;
    },
    whole: () => buffer.subarray(0, length),
  };
}
