import fc from 'fast-check';

/** Something that holds for whatever comes in. */
export interface Property {
  readonly name: string;
  /** Throws when it does not hold, with the input and the seed in its message. */
  readonly check: (run: Run) => void;
}

export interface Run {
  readonly runs: number;
  readonly seed: number;
}

export function property<T>(
  name: string,
  input: fc.Arbitrary<T>,
  holds: (input: T) => void,
): Property {
  return {
    name,
    check: ({ runs, seed }) => {
      fc.assert(fc.property(input, holds), { numRuns: runs, seed });
    },
  };
}

export function must(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

type Kind = abstract new (...args: never[]) => Error;

/** Runs it; what it throws must be of one of these kinds. Undefined when it threw. */
export function orRefuses<T>(work: () => T, ...kinds: readonly Kind[]): T | undefined {
  try {
    return work();
  } catch (error) {
    if (kinds.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
