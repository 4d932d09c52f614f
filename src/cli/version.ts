import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const Package = z.object({ version: z.string() });

/** The program's version, from the `package.json` beside it. */
export function versionOf(file: URL): string {
  return existsSync(file)
    ? Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version
    : 'unknown';
}
