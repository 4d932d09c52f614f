import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { checks } from '../../src/doctor/checks/index.js';
import { refusals } from '../../src/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'handle-desk-reference-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('the reference is what the code says; to write it anew: npm run docs:reference', () => {
  execFileSync('node', ['scripts/docs-reference.js', folder]);
  expect(textsIn('docs/reference')).toEqual(textsIn(folder));
});

it('the reference has every refusal by its word', () => {
  const page = readFileSync('docs/reference/refusals.md', 'utf8');
  const told = [...page.matchAll(/<\/a>`(\w+)` \|/g)].map(([, word]) => word);
  expect(told.sort()).toEqual(Object.keys(refusals).sort());
});

it('the reference has every check of the doctor by its name', () => {
  const page = readFileSync('docs/reference/troubles.md', 'utf8');
  expect(checks.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
});

const textsIn = (from: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(from).map((file) => [file, readFileSync(join(from, file), 'utf8')]),
  );
