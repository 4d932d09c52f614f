import { readFileSync } from 'node:fs';

const { jest } = JSON.parse(readFileSync('package.json', 'utf8'));
const { testPathIgnorePatterns: _, ...common } = jest;

/** `npm run test:browser`: the same Jest, but slower, one file after the other, and with a browser. */
export default {
  ...common,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 90_000,
  maxWorkers: 1,
};
