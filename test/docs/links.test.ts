import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.js';
import { anchorsOf, pages, shellBlocks, withoutBlocks } from './pages.js';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links to files and headings that exist', () => {
    const links = [...withoutBlocks(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)];
    const dead = links.filter(([, link = '']) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).has(anchor);
    });
    expect(dead.map(([, link]) => link)).toEqual([]);
  });

  it('names scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('shows only commands that the command line takes', async () => {
    const lines = [
      ...shellBlocks(page).flatMap((block) => block.text.split('\n')),
      ...[...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
    ];
    for (const line of lines) {
      const [, given] = /npx handle-desk ([^#|&]+)/.exec(line) ?? [];
      if (given !== undefined && !given.startsWith('--version'))
        await takes(wordsIn(given.replace('HASH', '0'.repeat(64)).replace('NUMBER', '7')));
    }
  });
});

it('every page stands in the table of the documentation, or in the README', () => {
  const told = ['README.md', 'docs/README.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) =>
      join(dirname(page), path),
    ),
  );
  const untold = pages.filter((page) => !told.includes(page) && !page.startsWith('docs/decisions'));
  expect(untold).toEqual(['README.md']);
});

const wordsIn = (line: string): readonly string[] =>
  [...line.trim().matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

/** Parses, and does nothing. */
async function takes(words: readonly string[]): Promise<void> {
  const program = createProgram();
  disarm(program);
  await program.parseAsync([...words], { from: 'user' });
}

function disarm(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  for (const below of command.commands) disarm(below);
}
