import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Built {
  /** What `node` is started with. */
  readonly cli: string;
  remove(): Promise<void>;
}

/** The program as it is shipped, built into a folder of its own: other tests build at the same time. */
export async function build(
  name: string,
  { page = false }: { readonly page?: boolean } = {},
): Promise<Built> {
  const folder = join('node_modules', '.cache', 'handle-desk', `${name}-${process.pid}`);
  const args = ['scripts/build.js', '--out', folder, ...(page ? [] : ['--no-page'])];
  await promisify(execFile)(process.execPath, args);
  // Below node_modules a package's own word counts, not the project's.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    cli: join(process.cwd(), folder, 'cli.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
