#!/usr/bin/env node
// What `npx handle-desk` finds also before the program is built, so that it says what to do and leaves no broken link behind.
import { existsSync } from 'node:fs';
import process from 'node:process';

const program = new URL('../dist/cli.js', import.meta.url);
if (existsSync(program)) {
  process.setSourceMapsEnabled(true);
  await import(program.href);
} else {
  process.stderr.write('Handle Desk is not built yet. Next: npm run build\n');
  process.exitCode = 1;
}
