import { describe, expect, it } from '@jest/globals';
import { openFilesLimit, roomUnder } from '../src/open-files.js';

const limits = (
  soft: string,
): string => `Limit                     Soft Limit           Hard Limit           Units
Max stack size            8388608              unlimited            bytes
Max open files            ${soft.padEnd(20)} 1048576              files
`;

describe('the limit of open files', () => {
  it.each([
    ['1024', 1024],
    ['unlimited', Infinity],
  ])('is read from the system: %s', (soft, limit) => {
    expect(openFilesLimit(() => limits(soft))).toBe(limit);
  });

  it('is taken to be the usual one where the system does not say', () => {
    expect(openFilesLimit(() => 'something else')).toBe(1024);
    const unreadable = (): string => {
      throw new Error('ENOENT');
    };
    expect(openFilesLimit(unreadable)).toBe(1024);
  });

  it.each([
    [64, 8],
    [128, 48],
    [1024, 944],
    [Infinity, 1000],
  ])('of %d leaves room for %d connections to Slack’s listener', (limit, slack) => {
    expect(roomUnder(limit)).toEqual({ slack, ops: 16 });
  });
});
