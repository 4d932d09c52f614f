import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { follows, nextLink, EMPTY_CHAIN } from '../../src/store/audit-chain.js';
import { canonicalJson } from '../../src/store/canonical-json.js';
import { anEntry } from '../builders.js';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
};

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves lists in order', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 'x' })).toBe(
      '{"a":"x","b":[2,{"c":null,"d":1}]}',
    );
  });

  it('is the same for the same value, in whatever order it was put together', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value, and stays what it is when read and written again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('the chain', () => {
  it('breaks at whatever character of a line is changed', () => {
    const detail = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(detail, fc.nat(), fc.string({ minLength: 1 }), (said, where, other) => {
        const link = nextLink(EMPTY_CHAIN, anEntry({ detail: said }));
        const at = where % link.line.length;
        const line = link.line.slice(0, at) + other + link.line.slice(at + 1);
        fc.pre(line !== link.line);

        expect(follows(EMPTY_CHAIN, link)).toBe(true);
        expect(follows(EMPTY_CHAIN, { ...link, line })).toBe(false);
      }),
    );
  });

  it('takes no line in another place', () => {
    const first = nextLink(EMPTY_CHAIN, anEntry());
    const second = nextLink(first, anEntry());

    expect(follows(first, second)).toBe(true);
    expect(follows(EMPTY_CHAIN, second)).toBe(false);
    expect(follows(EMPTY_CHAIN, { ...second, seq: 1 })).toBe(false);
    expect(follows(second, second)).toBe(false);
  });
});
