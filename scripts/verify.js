/**
 * All that has to hold of a change, as `npm run verify` and CI ask it: first what only reads the sources, as much at once as there
 * are processors, then the tests, which use all of them themselves. Arguments are Jest's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import process from 'node:process';

const program = (path) => `node_modules/${path}`;
const jest = program('jest/bin/jest.js');

/** The slowest first, so that nothing is left to wait for at the end. */
const readers = {
  lint: [program('eslint/bin/eslint.js'), '.'],
  'types of program and tests': [program('typescript/bin/tsc'), '-p', 'test/tsconfig.json'],
  format: [program('prettier/bin/prettier.cjs'), '--check', '.'],
  'types of the page': [program('typescript/bin/tsc'), '-p', 'web/tsconfig.json'],
  'unused code': [program('knip/bin/knip.js')],
};

const ended = [];
const seconds = (from) => Math.round((performance.now() - from) / 1000);

async function run(name, args, stdio) {
  const from = performance.now();
  const child = spawn(process.execPath, args, { stdio });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (it) => (said += it));
  const [code, signal] = await once(child, 'close');
  ended.push({ name, took: seconds(from), isGood: code === 0 });
  if (code !== 0) process.stdout.write(`\n== ${name}: FAILED (${signal ?? code})\n${said}`);
}

process.stdout.write(`${Object.keys(readers).join(', ')} …\n`);
const waiting = Object.entries(readers);
const lanes = Array.from({ length: availableParallelism() }, async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    await run(...next, 'pipe');
  }
});
await Promise.all(lanes);

const readWell = ended.every((it) => it.isGood);
if (readWell) await run('tests', [jest, ...process.argv.slice(2)], 'inherit');

process.stdout.write('\n');
for (const { name, took, isGood } of ended) {
  process.stdout.write(`${isGood ? 'passed' : 'FAILED'} ${String(took).padStart(4)} s  ${name}\n`);
}
if (!readWell) process.stdout.write('          tests: not run before the rest is in order\n');
process.exitCode = ended.every((it) => it.isGood) ? 0 : 1;
