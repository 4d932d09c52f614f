import { build } from 'esbuild';

/** The README's pictures, taken of the product itself: both sandboxes, the real bot, and a browser (CHROMIUM). */
const program = 'node_modules/.cache/handle-desk-pictures.mjs';
await build({
  stdin: {
    contents: `
      import { takePictures } from './test/browser/pictures.ts';
      takePictures('docs/pictures').then((all) => console.log(all.join('\\n')));
    `,
    resolveDir: '.',
  },
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await import(`../${program}`);
