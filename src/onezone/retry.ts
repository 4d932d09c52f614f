import { isBreaker, OnezoneError, OnezoneUnreachable } from './errors.js';

export interface RetryPolicy {
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** No attempt begins later than this after the first. */
  readonly patienceMs: number;
  readonly onRetry: (error: unknown, attempt: number) => void;
}

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 250;

/** For calls that may be repeated without harm; the number of the attempt starts at 1. */
export async function withRetries<Result>(
  attempt: (number: number) => Promise<Result>,
  policy: RetryPolicy,
): Promise<Result> {
  const start = performance.now();
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const late = performance.now() - start >= policy.patienceMs;
      if (number === ATTEMPTS || late || !mayPassSoon(error)) throw error;
      if (number === 1 && isStaleConnection(error)) continue;
      policy.onRetry(error, number);
      await pause(FIRST_PAUSE_MS * 2 ** (number - 1), policy, error);
    }
  }
}

/** The other side closed a kept connection just when it was used again: usual, and not worth a word. */
function isStaleConnection(error: unknown): boolean {
  return error instanceof OnezoneUnreachable && error.kind === 'reset';
}

const PASSING = [
  'noConnection',
  'dns',
  'connectTimeout',
  'headersTimeout',
  'bodyTimeout',
  'reset',
  'serverError',
];

function mayPassSoon(error: unknown): boolean {
  if (error instanceof OnezoneUnreachable) return PASSING.includes(error.kind);
  return error instanceof OnezoneError && !error.isPermanent && !isBreaker(error);
}

/** Spread over 50 to 150 %, so that replicas do not ask in step. A pause that is cut short ends the attempts. */
async function pause(ms: number, { sleep, random, signal }: RetryPolicy, error: unknown) {
  try {
    await sleep(Math.round(ms * (0.5 + random())), signal);
  } catch {
    throw error;
  }
  if (signal.aborted) throw error;
}
