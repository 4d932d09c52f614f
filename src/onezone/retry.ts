import { isBreaker, OnezoneError, OnezoneUnreachable } from './errors.js';

export interface RetryPolicy {
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Counted from the first attempt; none begins later. */
  readonly deadlineMs: number;
  readonly onRetry: (error: unknown, attempt: number) => void;
}

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 250;

/** For idempotent calls only. Attempts count from 1. */
export async function withRetries<Result>(
  attempt: (number: number) => Promise<Result>,
  policy: RetryPolicy,
): Promise<Result> {
  const start = performance.now();
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const isLate = performance.now() - start >= policy.deadlineMs;
      if (number === MAX_ATTEMPTS || isLate || !isWorthRetrying(error)) throw error;
      if (number === 1 && isStaleConnection(error)) continue;
      policy.onRetry(error, number);
      await pause(FIRST_PAUSE_MS * 2 ** (number - 1), policy, error);
    }
  }
}

/** A keep-alive connection closed by the server just as it was reused. Normal, so retried at once and not logged. */
function isStaleConnection(error: unknown): boolean {
  return error instanceof OnezoneUnreachable && error.kind === 'reset';
}

const TRANSIENT_KINDS = [
  'noConnection',
  'dns',
  'connectTimeout',
  'headersTimeout',
  'bodyTimeout',
  'reset',
  'serverError',
];

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof OnezoneUnreachable) return TRANSIENT_KINDS.includes(error.kind);
  return error instanceof OnezoneError && !error.isPermanent && !isBreaker(error);
}

/** Jitter of 50 to 150 % keeps replicas from retrying in step. Rethrows the error when the client closes meanwhile. */
async function pause(ms: number, { sleep, random, signal }: RetryPolicy, error: unknown) {
  try {
    await sleep(Math.round(ms * (0.5 + random())), signal);
  } catch {
    throw error;
  }
  if (signal.aborted) throw error;
}
