/** Tells of what may happen thousands of times a second: the first at once, the others of the next while together. */
export interface Bursts {
  /** `kind` is what is counted together. */
  readonly count: (kind: string) => void;
}

const WHILE_MS = 10_000;

export function createBursts(tell: (kind: string, times: number) => void): Bursts {
  const more = new Map<string, number>();
  const close = (kind: string): void => {
    const times = more.get(kind) ?? 0;
    more.delete(kind);
    if (times === 0) return;
    tell(kind, times);
    open(kind);
  };
  const open = (kind: string): void => {
    more.set(kind, 0);
    setTimeout(() => {
      close(kind);
    }, WHILE_MS).unref();
  };
  return {
    count: (kind) => {
      const times = more.get(kind);
      if (times !== undefined) {
        more.set(kind, times + 1);
        return;
      }
      tell(kind, 1);
      open(kind);
    },
  };
}
