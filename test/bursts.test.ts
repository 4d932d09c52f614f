import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createBursts } from '../src/bursts.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('what happens a thousand times', () => {
  it('is told once at once, and once with a number for each ten seconds in which it goes on', () => {
    const told: unknown[] = [];
    const bursts = createBursts((kind, times) => told.push([kind, times]));
    for (let at = 0; at < 1000; at += 1) bursts.count('forged');
    bursts.count('stale');
    expect(told.splice(0)).toEqual([
      ['forged', 1],
      ['stale', 1],
    ]);
    jest.advanceTimersByTime(10_000);
    expect(told.splice(0)).toEqual([['forged', 999]]);
    bursts.count('forged');
    jest.advanceTimersByTime(10_000);
    expect(told.splice(0)).toEqual([['forged', 1]]);
    jest.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    bursts.count('forged');
    expect(told).toEqual([['forged', 1]]);
  });
});
