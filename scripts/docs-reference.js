import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

/** Writes docs/reference, or the same into the folder that is named. Made from the code itself, so that it cannot say otherwise. */
const [folder = 'docs/reference'] = process.argv.slice(2);
const program = `node_modules/.cache/handle-desk-reference-${String(process.pid)}.mjs`;
await build({
  entryPoints: ['scripts/reference/index.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { pages } = await import(`../${program}`);
await rm(program);
await mkdir(folder, { recursive: true });
for (const [file, text] of Object.entries(await pages())) await writeFile(join(folder, file), text);
