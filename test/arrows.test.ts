import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { z } from 'zod';

const Printed = z.object({
  arrows: z.record(
    z.string(),
    z.object({ to: z.array(z.string()), packages: z.array(z.string()) }),
  ),
  /** By folder and what is imported there: whether lint refuses it. */
  seen: z.record(z.string(), z.record(z.string(), z.boolean())),
  cycle: z.array(z.string()),
});

const { arrows, seen, cycle } = Printed.parse(
  JSON.parse(execFileSync('node', ['scripts/plant-imports.js'], { encoding: 'utf8' })),
);

it.each(Object.keys(arrows))(
  'lint lets %s import what its line allows, and nothing else',
  (folder) => {
    const { to = [], packages = [] } = arrows[folder] ?? {};
    const allowed = Object.entries(seen[folder] ?? {}).filter(([, isRefused]) => !isRefused);
    const known = [...to, ...packages].filter((name) => Object.hasOwn(seen[folder] ?? {}, name));
    expect(allowed.map(([name]) => name).sort()).toEqual([...new Set(known)].sort());
  },
);

it('knows every folder but the sandbox, which only the CLI loads', () => {
  const folders = Object.keys(Object.values(seen)[0] ?? {});
  const inside = folders.filter((name) => !name.endsWith('.ts') && !isPackage(name));
  expect([...inside, Object.keys(seen)[0]].filter((name) => name !== 'sandbox').sort()).toEqual(
    Object.keys(arrows).sort(),
  );
});

it('lint refuses two files that import each other', () => {
  expect(cycle).toEqual(['import-x/no-cycle']);
});

const isPackage = (name: string): boolean =>
  ['@slack/bolt', 'kysely', 'libsql', 'pg', 'undici', 'yaml', 'pino', 'commander'].includes(name);
