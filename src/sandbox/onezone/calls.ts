/** One request as the sandbox saw it. Holds no header and no secret. */
export interface ZoneCall {
  readonly seq: number;
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string;
  readonly method: string;
  /** As it came, with the query. */
  readonly path: string;
  /** What went out, or that the socket was destroyed or left waiting. */
  readonly status: number | 'reset' | 'hang';
  /** Onezone's error id in the answer, if it was one. */
  readonly errorId: string | null;
  /** Real milliseconds from the request's head to its answer. */
  readonly ms: number;
  /** User id, or `anonymous` (also where the request died before anyone asked who it was). */
  readonly actor: string;
  /** Counts TCP connections from 1. */
  readonly connection: number;
  /** The JSON body with every secret masked; `null` = none was sent. */
  readonly body: unknown;
  /** What fault hit it, if any. */
  readonly fault: string | null;
}

export interface CallLog {
  readonly entries: readonly ZoneCall[];
  add: (call: Omit<ZoneCall, 'seq'>) => void;
}

/** A page that stays open for days must not grow without end; `seq` goes on counting. */
const kept = 10_000;

export function callLog(changed: () => void): CallLog {
  const entries: ZoneCall[] = [];
  let seq = 0;
  return {
    entries,
    add(call) {
      seq += 1;
      entries.push({ seq, ...call });
      if (entries.length > kept) entries.shift();
      changed();
    },
  };
}

const secretKey = /password|secret|token|key$/i;

/** The body for the log: secrets masked by the name of their key, text that is no JSON told by its size only. */
export function maskedBody(raw: string): unknown {
  if (raw === '') return null;
  try {
    const parsed: unknown = JSON.parse(raw);
    return masked(parsed);
  } catch {
    return `(${Buffer.byteLength(raw)} bytes that are not JSON)`;
  }
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secretKey.test(key) ? '•••' : masked(inner)]),
  );
}
