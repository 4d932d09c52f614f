import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { aGrant, aStep } from '../builders.js';
import { build, type Built } from '../process/kit/built.js';
import { pages, shellBlocks } from './pages.js';

/** `test/set-up/set-up.test.ts` runs this one from a clone to a first grant, with a workspace. */
const WITH_A_WORKSPACE = 'docs/guides/set-up.md';
const BACK_UP = 'docs/guides/backup.md';

let built: Built;
let folder: string;
/** The desk runs meanwhile. */
let store: Store;

const [BEFORE, AFTER] = [aGrant(), aGrant({ id: 'R-0000000B', idempotencyKey: 'after' })];
beforeAll(async () => {
  built = await build('docs');
  folder = mkdtempSync(join(tmpdir(), 'handle-desk-docs-'));
  mkdirSync(join(folder, 'bin'));
  tool('npx', `[ "$1" = handle-desk ] && shift && exec "${process.execPath}" "${built.cli}" "$@"`);
  // What is installed and built is tested by others; here a script only has to be there.
  tool('npm', `[ "$1" != run ] || grep -q "\\"$2\\":" "${process.cwd()}/package.json"`);
  for (const file of ['.env.example', 'manifest.yml']) copyFileSync(file, join(folder, file));
  copyFileSync('policy.example.yml', join(folder, 'policy.yml'));
  store = await openStore(`sqlite:${join(folder, 'data', 'handle-desk.db')}`);
  await store.requests.commit(aStep(BEFORE));
});
afterAll(async () => {
  await store.close();
  await built.remove();
  rmSync(folder, { recursive: true, force: true });
});

function tool(name: string, script: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const blocks = pages
  .filter((page) => page !== WITH_A_WORKSPACE && page !== BACK_UP)
  .flatMap(shellBlocks)
  .filter(({ needsWorkspace }) => !needsWorkspace);

it('some of the documentation can be run without a workspace', () => {
  expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThan(3);
});

it.each(blocks)('what $page shows runs: $text', async ({ text }) => {
  expect(await shell(text)).toMatchObject({ code: 0 });
});

it('what was backed up as the guide says is there again once it is restored as the guide says', async () => {
  const [backUp, daily, restore, ...others] = shellBlocks(BACK_UP)
    .filter(({ needsWorkspace }) => !needsWorkspace)
    .map(({ text }) => text);
  expect([backUp, daily, restore].every((it) => it !== undefined) && others).toEqual([]);
  const copied = await shell(backUp ?? '');
  expect(copied).toEqual({
    code: 0,
    said: expect.stringMatching(
      /^The database was copied to desk-backup\.db\.\n1 lines, unbroken\. Head: [0-9a-f]{64}\n$/,
    ),
  });
  expect(statSync(join(folder, 'desk-backup.db')).mode & 0o777).toBe(0o600);
  await store.requests.commit(aStep(AFTER));
  expect(await shell(daily ?? '')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/\n2 lines, unbroken\./),
  });

  // A desk that is killed leaves what it wrote last beside its file; it must not come back with the copy.
  const left = readFileSync(join(folder, 'data', 'handle-desk.db-wal'));
  await store.close();
  writeFileSync(join(folder, 'data', 'handle-desk.db-wal'), left);
  const restored = await shell(restore ?? '');
  expect(restored).toEqual({
    code: 0,
    said: copied.said.split('\n').slice(1).join('\n'),
  });
  store = await openStore(`sqlite:${join(folder, 'data', 'handle-desk.db')}`);
  expect(await store.requests.load(BEFORE.id)).toEqual(BEFORE);
  expect(await store.requests.load(AFTER.id)).toBeNull();
  await store.requests.commit(aStep(AFTER));
  expect(await store.audit.verify()).toMatchObject({ finding: null, lines: 2 });
});

function shell(text: string): Promise<{ readonly code: number; readonly said: string }> {
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: folder };
  return new Promise((resolve) => {
    execFile('sh', ['-ec', text], { cwd: folder, env }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, said: out + err });
    });
  });
}
