import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/**
 * Types are checked by `npm run typecheck`; this only turns TypeScript into what Node 20 runs. One file for the bot and for the
 * packages that are hundreds of files themselves, because opening them takes longer than everything else of a start. What Slack's packages
 * share with us (undici) stays outside, or it would be loaded twice; so do packages with a binary. The sandbox is a part of its own,
 * with all that only it needs (ws, ajv).
 */
const bundled = ['commander', 'fastest-levenshtein', 'kysely', 'prom-client', 'yaml', 'zod'];
const { dependencies, version } = JSON.parse(await readFile('package.json', 'utf8'));
const external = Object.keys(dependencies)
  .filter((it) => !bundled.includes(it))
  .flatMap((it) => [it, `${it}/*`]);

/** Binaries that ws asks for and does without. */
const optionalOfWs = ['bufferutil', 'utf-8-validate'];

const { values: options } = parseArgs({
  options: { out: { type: 'string', default: 'dist' }, 'no-page': { type: 'boolean' } },
});
const outdir = options.out;
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: ['src/cli.ts'],
  outdir,
  outbase: 'src',
  bundle: true,
  splitting: true,
  external: [...external, ...optionalOfWs],
  // Some of what is bundled is CommonJS and asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  define: { HANDLE_DESK_VERSION: JSON.stringify(version) },
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
});
if (options['no-page'] !== true && existsSync('scripts/build-page.js')) {
  const { buildPage } = await import('./build-page.js');
  await buildPage(`${outdir}/sandbox/page/public`);
}
