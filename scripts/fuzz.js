import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

/** `npm run fuzz -- --runs 100000 --seed 1 --only policy`: the properties of test/fuzz with many inputs. */
const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const runs = Number(values.runs ?? 100_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const program = 'node_modules/.cache/handle-desk-fuzz.mjs';
await build({
  entryPoints: ['test/fuzz/worker.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
console.log(`${runs} inputs each, seed ${seed}`);

/** Far more than any of them takes; a parser that loops takes for ever. */
const patience = 60_000 + runs * 50;
const worker = new Worker(new URL(`../${program}`, import.meta.url), {
  workerData: { runs, seed, only: values.only ?? '' },
});
let failed = false;
let timer;
let began = performance.now();
let name = null;
const ends = () => {
  clearTimeout(timer);
  if (name !== null) console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
};
worker.on('message', ({ begins, fails }) => {
  if (fails !== undefined) {
    failed = true;
    console.error(`✗ ${name}\n${fails}`);
    return;
  }
  ends();
  name = begins;
  began = performance.now();
  timer = setTimeout(() => {
    console.error(`✗ ${name}: no end after ${patience / 1000} s; seed ${seed}`);
    process.exit(1);
  }, patience);
});
worker.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
worker.on('exit', (code) => {
  ends();
  process.exit(failed || code !== 0 ? 1 : 0);
});
