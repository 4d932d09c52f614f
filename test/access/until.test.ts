import { describe, expect, it } from '@jest/globals';
import { checkOffered, checkUntil, endOf, Until } from '../../src/access/until.js';
import type { GrantLimits } from '../../src/requests/policy.js';
import { days, NOW } from '../builders.js';

const DAY = 86_400_000;

const limits = (said: Partial<GrantLimits> = {}): GrantLimits => ({
  durations: ['8h', '90d'],
  max: 365 * DAY,
  levels: ['use'],
  ...said,
});

describe('when access ends', () => {
  it.each<[Until, Date | null]>([
    ['permanent', null],
    [{ for: '8h' }, new Date(NOW.getTime() + DAY / 3)],
    [{ for: '90d' }, days(90)],
    [{ on: '2026-03-31' }, new Date('2026-03-31T23:59:59.999Z')],
  ])('%j ends at %s', (until, end) => {
    expect(endOf(until, NOW)).toEqual(end);
  });

  it('cannot be said of what is no duration', () => {
    expect(() => endOf({ for: 'a while' }, NOW)).toThrow(new RangeError('not a duration: a while'));
  });
});

describe('what the policy has against an end', () => {
  it.each<[string, Until, string | null]>([
    ['a duration', { for: '90d' }, null],
    ['a day', { on: '2026-12-31' }, null],
    ['today, which is not over', { on: '2026-03-02' }, null],
    ['the longest', { for: '365d' }, null],
    ['one day more', { for: '366d' }, 'The policy allows at most 365 days.'],
    ['a day too far away', { on: '2028-01-01' }, 'The policy allows at most 365 days.'],
    ['yesterday', { on: '2026-03-01' }, 'That day is over. Choose one in the future.'],
    ['no duration', { for: 'a while' }, 'That is neither a duration nor a day.'],
    ['no day', { on: '2026-02-30' }, 'That is neither a duration nor a day.'],
    ['no month', { on: '2026-13-01' }, 'That is neither a duration nor a day.'],
    ['no end', 'permanent', 'The policy does not allow permanent access. Choose an end.'],
  ])('%s', (_what, until, sentence) => {
    expect(checkUntil(until, limits(), NOW)).toBe(sentence);
  });

  it('is nothing where it allows as much', () => {
    expect(checkUntil('permanent', limits({ durations: ['permanent'] }), NOW)).toBeNull();
    expect(checkUntil({ for: '9999d' }, limits({ max: null }), NOW)).toBeNull();
  });

  it('is also that a form which was open for long offers what is offered no more', () => {
    expect(checkOffered({ for: '90d' }, limits(), NOW)).toBeNull();
    expect(checkOffered({ on: '2026-12-31' }, limits(), NOW)).toBeNull();
    expect(checkOffered({ for: '30d' }, limits(), NOW)).toBe('The policy offers only 8h, 90d.');
    expect(checkOffered('permanent', limits(), NOW)).toBe(
      'The policy does not allow permanent access. Choose an end.',
    );
  });
});

describe('an end as it is typed', () => {
  it.each(['2026-3-1', '2026-03-01T00:00', 'tomorrow', ''])('is no day: %j', (on) => {
    expect(Until.safeParse({ on }).success).toBe(false);
  });
});
