import { expect, it } from '@jest/globals';
import { inParallel } from '../src/in-parallel.js';

it('keeps the order of the items, whichever is done first', async () => {
  const releases: (() => void)[] = [];
  const running = inParallel([1, 2, 3], 3, async (item) => {
    await new Promise<void>((resolve) => releases.push(resolve));
    return item * 10;
  });
  for (const release of releases.toReversed()) release();
  expect(await running).toEqual([10, 20, 30]);
});

it('begins nothing more after a failure, and waits for what was running', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const running = inParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await held;
    ended.push(item);
  });
  let settled = false;
  const outcome = running.catch((error: unknown) => {
    settled = true;
    return error;
  });
  await new Promise(setImmediate);
  expect(settled).toBe(false);
  release();
  expect(await outcome).toEqual(new Error('one'));
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([2]);
});

it('has nothing to do for no items', async () => {
  expect(await inParallel([], 5, () => Promise.reject(new Error('never')))).toEqual([]);
});
