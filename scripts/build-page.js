import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The sandbox's page: one script and one style sheet, everything in them, nothing loaded from elsewhere. */
export async function buildPage(outdir) {
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: { page: 'web/main.tsx' },
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'icon.svg'])
    await copyFile(join('web', file), join(outdir, file));
}
