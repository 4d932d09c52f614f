import { Refusal, refusals } from '../errors.js';
import type { Policy } from '../requests/policy.js';
import type { Services } from '../services.js';

/** What a decision goes by, until what follows from it has taken effect. */
export interface Moment {
  readonly policy: Policy;
  /** For the transaction: throws where another policy is in force by now. */
  readonly guard: () => void;
}

const MAX_TRIES = 3;

/**
 * Decides and writes in one step: `act` asks who somebody is, decides by `policy`, and writes under `guard`. Where the policy is reloaded in
 * between nothing is written, and it is decided anew by the new one.
 */
export async function atThisMoment<T>(
  services: Pick<Services, 'policy'>,
  act: (moment: Moment) => Promise<T>,
  tries = MAX_TRIES,
): Promise<T> {
  const policy = services.policy.current();
  const guard = (): void => {
    if (services.policy.current() !== policy) throw refusals.policyMoved();
  };
  try {
    return await act({ policy, guard });
  } catch (error) {
    // Where it is still the same, another try would end the same.
    const isMoved =
      error instanceof Refusal &&
      error.code === 'policyMoved' &&
      services.policy.current() !== policy;
    if (!isMoved || tries <= 1) throw error;
  }
  return atThisMoment(services, act, tries - 1);
}
