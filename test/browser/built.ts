import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** The bot's program and the folder of the page, built once per process from the sources as they are. */
export function built(): Promise<{ readonly bot: string; readonly page: string }> {
  known ??= make();
  return known;
}

let known: ReturnType<typeof make> | null = null;

async function make() {
  const folder = join(
    process.cwd(),
    'node_modules',
    '.cache',
    'handle-desk-page',
    `${process.pid}`,
  );
  await mkdir(folder, { recursive: true });
  const bot = join(folder, 'bot.mjs');
  await build({
    stdin: { contents: "import { main } from './src/main.ts'; void main();", resolveDir: '.' },
    outfile: bot,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const page = join(folder, 'page');
  // The script is an ES module, which Jest's modules cannot require.
  const program = "import('./scripts/build-page.js').then((it) => it.buildPage(process.argv[1]))";
  await promisify(execFile)(process.execPath, ['-e', program, page]);
  return { bot, page };
}
