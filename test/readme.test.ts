import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changes } from '../src/changes/index.js';
import { commandsOf } from '../src/queries/index.js';

const readme = readFileSync('README.md', 'utf8');
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

  it('is short', () => {
    expect(readme.split(/\s+/).length).toBeLessThan(700);
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
