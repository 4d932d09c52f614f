import { describe, it } from '@jest/globals';
import { properties } from './properties.js';

/** Others are tried by `npm run fuzz`. */
const seed = 20_260_801;

describe('whatever comes in, nothing is thrown but what was foreseen, and it ends, for', () => {
  it.each(properties.map((it) => [it.name, it] as const))('%s', (_, property) => {
    property.check({ runs: 2000, seed });
  });
});
