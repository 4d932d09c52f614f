import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

await import('./build.js');
await build({
  entryPoints: ['bench/main.ts', 'bench/bare-app.ts'],
  bundle: true,
  packages: 'external',
  outdir: 'dist/bench',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['dist/bench/main.js'], { stdio: 'inherit' });
process.exit(status ?? 1);
