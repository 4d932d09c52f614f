import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../../src/access/access.js';
import { claimsToWarn, nextMoment, warningLeads, warningsDue } from '../../src/access/warnings.js';
import { after, aClaim, anAccess, days, NOW } from '../builders.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const given = { kind: 'given' as const, at: NOW, added: [] };
const long = (said: Partial<Claim> = {}): Claim =>
  aClaim({ state: given, until: days(90), ...said });

describe('how long before the end somebody is warned', () => {
  it.each<[string, Date | null, readonly number[]]>([
    ['ninety days: three days and one before', days(90), [3 * DAY, DAY]],
    ['fifteen days: the same', days(15), [3 * DAY, DAY]],
    ['ten days: once, when a fifth is left', days(10), [2 * DAY]],
    ['eight hours: the same', after(480), [1.6 * HOUR]],
    ['for ever: never', null, []],
  ])('%s', (_what, until, leads) => {
    expect(warningLeads({ since: NOW, until })).toEqual(leads);
  });
});

describe('how many warnings are due', () => {
  it.each<[number, number]>([
    [86, 0],
    [87, 1],
    [88, 1],
    [89, 2],
    [91, 2],
  ])('on day %i of ninety: %i', (day, count) => {
    expect(warningsDue(long(), days(day))).toBe(count);
  });
});

describe('who is warned', () => {
  const day = days(88);
  const warned = (...claims: readonly Claim[]): readonly string[] =>
    claimsToWarn(anAccess({ claims: [...claims] }), day).map(({ request }) => request);
  const another = (said: Partial<Claim>): Claim => long({ request: 'R-0000000C', ...said });

  it.each<[string, Claim]>([
    ['whose access ends soon', long()],
    ['who has a second warning coming and missed the first', long({ until: days(88.5) })],
    [
      'whose access is unclear, for they may have it',
      long({ state: { kind: 'unclear', saw: '' } }),
    ],
  ])('somebody %s', (_what, claim) => {
    expect(warned(claim)).toEqual(['R-0000000A']);
  });

  it.each<[string, Claim]>([
    ['who was warned', long({ warned: 1 })],
    ['whose access does not end soon', long({ until: days(180) })],
    ['whose access never ends', long({ until: null })],
    ['whose access was not given yet', long({ state: { kind: 'wanted' } })],
    ['whose access is over', long({ until: day })],
    ['who gave it back', long({ dropped: { by: 'R-0000000C', at: NOW } })],
    ['whose membership others took away', long({ lost: ['member'] })],
  ])('nobody %s', (_what, claim) => {
    expect(warned(claim)).toEqual([]);
  });

  it.each<[string, Claim, readonly string[]]>([
    ['as much, for ever', another({ until: null }), []],
    ['more, for longer', another({ level: 'own', until: days(200) }), []],
    ['as much, just as long: one of both ends', another({}), ['R-0000000A', 'R-0000000C']],
    ['as much, for less long', another({ until: days(87.9) }), ['R-0000000A']],
    ['as much for ever, but it is over', another({ until: NOW }), ['R-0000000A']],
    [
      'as much for ever, but others took that away',
      another({ until: null, lost: ['member'] }),
      ['R-0000000A'],
    ],
  ])('where another request gives %s', (_what, other, expected) => {
    expect(warned(long(), other)).toEqual(expected);
  });

  it('where another request gives less for longer: what ends is more', () => {
    expect(warned(long({ level: 'maintain' }), another({ until: null }))).toEqual(['R-0000000A']);
  });
});

describe('when an access is looked at next', () => {
  const next = (now: Date, ...claims: readonly Claim[]) =>
    nextMoment(anAccess({ claims: [...claims] }), now);

  it.each<[string, number, Claim, Date | null]>([
    ['at the first warning', 1, long(), days(87)],
    ['at the second', 87, long({ warned: 1 }), days(89)],
    ['at the end', 89, long({ warned: 2 }), days(90)],
    ['at the next warning, where one was missed', 88, long(), days(89)],
    ['never again when it is over', 90, long({ warned: 2 }), null],
    ['never without an end', 1, long({ until: null }), null],
    ['never when it was dropped', 1, long({ dropped: { by: 'R-0000000C', at: NOW } }), null],
  ])('%s', (_what, day, claim, at) => {
    expect(next(days(day), claim)).toEqual(at);
  });

  it('is the first moment of all claims', () => {
    const other = long({ request: 'R-0000000C', until: days(30) });
    expect(next(days(1), long(), other)).toEqual(days(27));
    expect(next(days(1))).toBeNull();
  });
});
