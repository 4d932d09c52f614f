import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

it('the security review lists every attack that is tested, as its test is called', () => {
  const made = execFileSync('node', ['scripts/security-review.js'], { encoding: 'utf8' });
  expect(readFileSync('docs/security-review.md', 'utf8')).toBe(made);
});
