export interface Cache<T> {
  /** `fresh`: loaded after this call, never before. */
  readonly get: (key: string, options?: { readonly fresh?: boolean }) => Promise<T>;
}

export interface CacheOptions<T> {
  readonly load: (key: string) => Promise<T>;
  readonly now: () => Date;
  /** How old a value may be, in ms. */
  readonly goodFor: number;
  /** How old it may be when it cannot be loaded, in ms; 0: then the failure is passed on. */
  readonly betterThanNothingFor: number;
  /** The oldest values go when there are more. */
  readonly most: number;
}

/** Values that are loaded once for all who ask at the same time. */
export const createCache = <T>(options: CacheOptions<T>): Cache<T> => {
  const values = new Map<string, { readonly value: T; readonly at: number }>();
  const loading = new Map<string, Promise<T>>();

  const load = async (key: string): Promise<T> => {
    const at = options.now().getTime();
    const value = await options.load(key);
    // A slower, older load must not overwrite what a later one found.
    if ((values.get(key)?.at ?? 0) <= at) {
      values.delete(key);
      values.set(key, { value, at });
      dropOldest(values, options.most);
    }
    return value;
  };

  const loadTogether = (key: string): Promise<T> => {
    const running = loading.get(key) ?? load(key).finally(() => loading.delete(key));
    loading.set(key, running);
    return running;
  };

  const young = (key: string, age: number): { readonly value: T } | null => {
    const known = values.get(key);
    return known && options.now().getTime() - known.at < age ? known : null;
  };

  return {
    get: async (key, { fresh = false } = {}) => {
      if (fresh) return load(key);
      const known = young(key, options.goodFor);
      if (known) return known.value;
      try {
        return await loadTogether(key);
      } catch (error) {
        const stale = young(key, options.betterThanNothingFor);
        if (stale) return stale.value;
        throw error;
      }
    },
  };
};

const dropOldest = (values: Map<string, unknown>, most: number): void => {
  for (const key of values.keys()) {
    if (values.size <= most) return;
    values.delete(key);
  }
};
