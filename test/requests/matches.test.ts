import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../src/requests/matches.js';

const named = (name: string) => ({ id: 'a1b2', name });

describe('matches', () => {
  it.each([
    ['DataCite', 'DataCite'],
    ['datacite', 'DATACITE'],
    ['ePIC*', 'epic prod'],
    ['ePIC*', 'ePIC'],
    ['*prod', 'ePIC prod'],
    ['*pic*', 'ePIC prod'],
    ['e*p*d', 'ePIC prod'],
    ['*', 'anything, and\nmore'],
    ['a**b', 'a-b'],
    ['(a|b).+', '(A|B).+'],
    ['Ü*', 'u\u0308ber'],
    ['a1b2', 'whatever it is called: this is the id'],
  ])('“%s” is “%s”', (pattern, name) => {
    expect(matches(pattern, named(name))).toBe(true);
  });

  it.each([
    ['DataCite', 'DataCite test'],
    ['ePIC*', 'my ePIC'],
    ['*prod', 'ePIC production'],
    ['a.c', 'abc'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'acb'],
    ['A1B2', 'ids are compared to the letter'],
    ['', 'a'],
  ])('“%s” is not “%s”', (pattern, name) => {
    expect(matches(pattern, named(name))).toBe(false);
  });

  it('finds what was put in the place of the stars', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 6 }),
        fc.func(fc.string()),
        (parts, fill) => {
          fc.pre(parts.every((part) => !part.includes('*')));
          const name = parts.reduce((text, part, index) => `${text}${fill(index)}${part}`);
          expect(matches(parts.join('*'), named(name))).toBe(true);
        },
      ),
    );
  });

  it('agrees with a regular expression', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(few, name, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matches(pattern, named(text))).toBe(expression.test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('answers at once for many stars and a name that nearly fits', () => {
    // A regular expression of this pattern would take longer than the universe.
    expect(matches('*a'.repeat(60), named(`${'a'.repeat(250)}b`))).toBe(false);
  });
});
