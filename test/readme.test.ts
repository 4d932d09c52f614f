import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { changes } from '../src/changes/index.js';
import { commandsOf } from '../src/queries/index.js';

const readme = readFileSync('README.md', 'utf8');
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;

describe('the README', () => {
  it('lists every command, as help does', () => {
    const rows = commandsOf(changes).map(
      ({ usage, summary }) => `| \`/handle ${usage}\` | ${summary} |`,
    );
    const table = /<!-- commands[^]*<!-- \/commands -->/.exec(readme)?.[0] ?? '';
    const said = table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replace(/ +/g, ' '));
    expect(said).toEqual(rows);
  });

  it.each([
    ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'docs/bench.md'],
    'docs/guides/set-up.md',
  ])('%s links to files that exist and names scripts that exist', (file) => {
    const text = readFileSync(file, 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(join(dirname(file), path)))).toEqual([]);
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('shows a tree that names every folder of src', () => {
    const tree = readFileSync('docs/architecture.md', 'utf8');
    for (const folder of [
      'requests',
      'access',
      'markup',
      'operations',
      'policy',
      'changes',
      'queries',
      'registrars',
      'people',
      'words',
      'zone',
      'jobs',
      'onezone',
      'slack',
      'store',
      'cli',
      'sandbox',
      'environment',
      'doctor',
    ]) {
      expect(existsSync(join('src', folder))).toBe(true);
      expect(tree).toContain(`${folder}/`);
    }
  });
});
