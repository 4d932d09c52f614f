/**
 * Results in the order of the items, at most `limit` running at a time. After a failure no further item is begun;
 * the first failure is thrown once those that were running have come to an end, so nothing goes on behind the caller's back.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();

  async function work(): Promise<void> {
    for (const [at, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[at] = await run(item);
      } catch (error) {
        failures.push(error);
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
