import { describe } from '@jest/globals';
import { browserPath } from './visit.js';

export { launch, visit, type Visit } from './visit.js';

const isOptional = (process.env['CI'] ?? '') === '';

/** Without a browser these tests are left out, with a word about it; a build server must have one. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (browserPath !== null || !isOptional) {
    describe(name, tests);
    return;
  }
  console.warn(`Left out, for there is no Chromium here (set CHROMIUM to its path): ${name}`);
  describe.skip(name, tests);
}
