import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All that is written for people, by path. */
export const pages: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .sort(),
];

export interface ShellBlock {
  readonly page: string;
  readonly text: string;
  /** It needs a real Slack and a real Onezone. */
  readonly needsWorkspace: boolean;
}

export function shellBlocks(page: string): readonly ShellBlock[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^( *)```sh(.*)\n([^]*?)^\1```$/gm)].map(
    ([, indent = '', info = '', block = '']) => {
      const lines = block.split('\n').map((line) => line.slice(indent.length));
      return { page, text: lines.join('\n'), needsWorkspace: info.trim() === 'workspace' };
    },
  );
}

/** Text without what stands in fenced blocks, where `#` begins a comment. */
export const withoutBlocks = (text: string): string => text.replace(/^( *)```[^]*?^\1```$/gm, '');

/** Every place in a page that a link can lead to, named as GitHub does. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const found = new Map<string, number>();
  const headings = [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = slugOf(title);
    const before = found.get(slug) ?? 0;
    found.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
