import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inWords, parseDuration } from '../../src/requests/duration.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('parseDuration', () => {
  it.each([
    ['8h', 8 * HOUR],
    ['7d', 7 * DAY],
    ['2w', 14 * DAY],
    ['090d', 90 * DAY],
    ['P1W', 7 * DAY],
    ['P90D', 90 * DAY],
    ['PT36H', 36 * HOUR],
    ['PT90M', 90 * 60_000],
    ['P1DT12H30M', DAY + 12.5 * HOUR],
    ['99999w', 99_999 * 7 * DAY],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ...['', '0h', '0d', '00000w', 'P0D', 'PT0M', 'P0W'],
    ...[
      'P',
      'PT',
      'P1DT',
      '1',
      'd',
      '1 d',
      ' 1d',
      '1d ',
      '1d\n',
      '1D',
      '1.5d',
      '-1d',
      '+1d',
      '1e3d',
    ],
    ...['3m', '1y', 'P1M', 'P1Y', 'P1W2D', 'PT1S', 'permanent', 'never', '１d', '1d7d'],
    ...['100000d', '999999999999999999999h', 'P100000D', 'PT1000000H', 'PT10000000M'],
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('reads each unit as so many of it', () => {
    const units: readonly [string, number][] = [
      ['h', HOUR],
      ['d', DAY],
      ['w', 7 * DAY],
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom(...units),
        (count, [unit, ms]) => {
          expect(parseDuration(`${count}${unit}`)).toBe(count * ms);
        },
      ),
    );
  });

  it('reads a sum of days, hours and minutes', () => {
    const part = fc.nat(9_999);
    fc.assert(
      fc.property(part, part, part, (days, hours, minutes) => {
        fc.pre(days + hours + minutes > 0);
        const ms = days * DAY + hours * HOUR + minutes * 60_000;
        expect(parseDuration(`P${days}DT${hours}H${minutes}M`)).toBe(ms);
      }),
    );
  });

  it('gives a time that a date can hold, or null, whatever it is given', () => {
    const nearly = fc.stringMatching(/^P?[0-9]{0,7}[hdwDWT]?[0-9HM]{0,8}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const ms = parseDuration(text);
        if (ms === null) return;
        expect(ms).toBeGreaterThan(0);
        expect(new Date(Date.UTC(2026, 0) + ms).getTime()).not.toBeNaN();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('inWords', () => {
  it.each([
    [HOUR, '1 hour'],
    [8 * HOUR, '8 hours'],
    [DAY, '1 day'],
    [90 * DAY, '90 days'],
    [36 * HOUR, '36 hours'],
    [90 * 60_000, '90 minutes'],
    [60_000, '1 minute'],
  ])('says %d ms as “%s”', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });

  it('loses nothing: what it says is what was meant', () => {
    const unit = { minute: 60_000, hour: HOUR, day: DAY };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (minutes) => {
        const [, count, name] = /^(\d+) (minute|hour|day)s?$/.exec(inWords(minutes * 60_000)) ?? [];
        const ms = name === 'minute' || name === 'hour' || name === 'day' ? unit[name] : NaN;
        expect(Number(count) * ms).toBe(minutes * 60_000);
      }),
    );
  });
});
