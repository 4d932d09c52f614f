/** Counts what is going on, so that someone can wait for it to be over. */
export interface Tracker {
  readonly run: (work: () => Promise<void>) => Promise<void>;
  /** True once nothing is going on, false when `ms` have passed first. */
  readonly idle: (ms: number) => Promise<boolean>;
}

export const createTracker = (): Tracker => {
  const going = new Set<symbol>();
  const waiting = new Set<() => void>();
  const over = (one: symbol) => {
    going.delete(one);
    if (going.size > 0) return;
    for (const tell of waiting) tell();
    waiting.clear();
  };
  return {
    run: async (work) => {
      const one = Symbol();
      going.add(one);
      try {
        await work();
      } finally {
        over(one);
      }
    },
    idle: (ms) => {
      if (going.size === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(idle);
          resolve(false);
        }, ms);
        const idle = () => {
          clearTimeout(timer);
          resolve(true);
        };
        waiting.add(idle);
      });
    },
  };
};
