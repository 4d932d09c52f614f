import { isOvertaken, OutcomePending, Refusal } from '../errors.js';
import { LeaseLost } from '../fence.js';
import { isOutage, OnezoneError, OnezoneFailure } from '../onezone/errors.js';
import { outageWords } from '../onezone/outage-words.js';
import type { Trouble } from '../requests/request.js';
import { denialWords } from './denial-words.js';

/** What a failure of work on the zone means for the work. Said once, here, for every kind of change. */
export type Failure =
  /** Somebody moved the same thing between our look and our write: looked at again at once. */
  | { readonly kind: 'overtaken' }
  /** Another worker does it now. */
  | { readonly kind: 'lease lost' }
  /** Onezone has to be looked at again soon. */
  | { readonly kind: 'outcome pending'; readonly error: OutcomePending }
  /** A person caused it, or what was asked cannot be. */
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  /** Onezone said no, and will say it again. */
  | { readonly kind: 'denied'; readonly error: OnezoneError }
  /** Onezone does not answer, or not to us: it heals by itself or by an operator, and the work is kept. */
  | { readonly kind: 'outage'; readonly error: Error }
  /** A fault of ours: told after a few tries, and kept. */
  | { readonly kind: 'unforeseen'; readonly error: unknown };

export function classify(error: unknown): Failure {
  if (isOvertaken(error)) return { kind: 'overtaken' };
  if (error instanceof LeaseLost) return { kind: 'lease lost' };
  if (error instanceof OutcomePending) return { kind: 'outcome pending', error };
  if (error instanceof Refusal) return { kind: 'refusal', refusal: error };
  if (error instanceof OnezoneError && !isOutage(error)) return { kind: 'denied', error };
  if (error instanceof OnezoneFailure) return { kind: 'outage', error };
  return { kind: 'unforeseen', error };
}

/** Why something waits and what to do, for people; the error itself is in the log. */
export function troubleWords(error: unknown, service: string): Omit<Trouble, 'supportId'> {
  if (error instanceof OutcomePending) return { why: error.message, next: LOOKED_AT_AGAIN };
  if (error instanceof OnezoneError && !isOutage(error)) {
    return { ...denialWords(error, { service }), needsOperator: true };
  }
  if (error instanceof OnezoneFailure) {
    const { needsOperator, ...words } = outageWords(error);
    return needsOperator ? { ...words, needsOperator } : words;
  }
  return {
    why: 'The desk itself has a problem.',
    next: 'An operator has to look at it. It is kept and tried on; “Try again” tries it now.',
    needsOperator: true,
  };
}

const LOOKED_AT_AGAIN = 'Nothing has to be done: the desk looks again by itself in a moment.';
