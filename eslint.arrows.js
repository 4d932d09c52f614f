import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';

const root = dirname(fileURLToPath(import.meta.url));

/** Types of what everything shares; `services.ts` itself is made only in `bot.ts`. */
const SHARED = ['services.ts', 'errors.ts'];

/**
 * Which folder may import which: an allow-list, read from top to bottom as from the heart outwards. What is not named here is
 * refused. `packages`: those of node_modules that it may use; node's own modules are free.
 */
export const ARROWS = {
  requests: { to: ['errors.ts'], packages: ['zod'] },
  registrars: { to: [], packages: ['zod'] },
  markup: { to: ['requests'], packages: [] },
  environment: { to: ['nearest.ts', 'error-code.ts'], packages: ['zod'] },
  policy: {
    to: ['requests', 'errors.ts', 'nearest.ts', 'error-code.ts'],
    packages: ['zod', 'yaml', 'pino'],
  },
  onezone: { to: ['requests', 'error-code.ts', 'withhold.ts'], packages: ['zod', 'undici'] },
  access: { to: ['requests', 'onezone', 'fence.ts', ...SHARED], packages: ['zod'] },
  store: {
    to: ['requests', 'access', 'chat.ts', 'errors.ts', 'error-code.ts', 'withhold.ts'],
    packages: ['zod', 'kysely', 'libsql', 'pg', 'pino'],
  },
  people: {
    to: ['requests', 'onezone', 'store', 'chat.ts', 'in-parallel.ts', ...SHARED],
    packages: ['zod', 'pino'],
  },
  zone: {
    to: ['requests', 'onezone', 'store', 'in-parallel.ts', ...SHARED],
    packages: ['zod', 'pino'],
  },
  words: { to: ['requests', 'nearest.ts'], packages: [] },
  changes: {
    to: [
      ...['access', 'markup', 'onezone', 'people', 'policy', 'registrars', 'requests', 'store'],
      ...['words', 'zone', 'commit.ts', 'fence.ts', 'in-parallel.ts', ...SHARED],
    ],
    packages: ['zod'],
  },
  doctor: {
    to: [
      ...['onezone', 'policy', 'requests', 'store', 'chat.ts', 'config.ts', 'manifest.ts'],
      'error-code.ts',
    ],
    packages: ['zod'],
  },
  operations: {
    to: ['changes', 'markup', 'people', 'requests', 'store', 'commit.ts', ...SHARED],
    packages: ['zod'],
  },
  queries: {
    to: [
      ...['access', 'changes', 'doctor', 'markup', 'onezone', 'operations', 'people', 'requests'],
      ...['store', 'words', 'zone', 'in-parallel.ts', ...SHARED],
    ],
    packages: ['zod'],
  },
  jobs: {
    to: [
      ...['access', 'changes', 'doctor', 'onezone', 'operations', 'people', 'queries', 'requests'],
      ...['store', 'zone', 'chat.ts', 'commit.ts', 'fence.ts', ...SHARED],
    ],
    packages: ['zod'],
  },
  slack: {
    to: [
      ...['access', 'changes', 'doctor', 'markup', 'operations', 'people', 'queries', 'requests'],
      ...['store', 'words', 'zone', 'bursts.ts', 'chat.ts', 'config.ts', 'connections.ts'],
      ...['nearest.ts', 'withhold.ts', ...SHARED],
    ],
    packages: ['zod', 'pino', '@slack/bolt', '@slack/types', '@slack/web-api'],
  },
  cli: {
    to: [
      ...['doctor', 'environment', 'onezone', 'policy', 'requests', 'sandbox', 'slack', 'store'],
      ...['config.ts', 'main.ts', 'manifest.ts', 'error-code.ts', 'nearest.ts', 'chat.ts'],
      ...['look-around.ts', 'secrets.ts', 'start-problems.ts'],
    ],
    packages: ['zod', 'commander', '@clack/prompts'],
  },
};

/** Development dependencies, built into the sandbox's own file: the bot is installed without them. */
const SANDBOX_ONLY = ['ws', 'ajv'];

const folders = readdirSync(join(root, 'src'));

/** What a folder may not import, as zones: everything but itself and what its line allows. */
const zones = Object.entries(ARROWS).map(([folder, { to }]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...to].map((path) => `./${path}`),
  message: 'This import runs against the arrows of docs/architecture.md.',
}));

/** The bot never loads the sandbox. */
const bare = folders
  .filter((name) => name.endsWith('.ts') && name !== 'cli.ts')
  .map((name) => ({ target: `./src/${name}`, from: './src/sandbox' }));

const escaped = (text) => text.replaceAll(/[/.]/g, (sign) => `\\${sign}`);

const packagesOnly = ({ packages }) => ({
  patterns: [
    {
      regex: `^(?!\\.|node:${packages.map((name) => `|${escaped(name)}(/|$)`).join('')}).+`,
      message: 'This folder may not use that package; see eslint.arrows.js.',
    },
  ],
});

/** The arrows as configuration of ESLint, apart from all other rules so that a test can plant imports. */
export const arrows = [
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.tsx', '.js'],
          extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
        }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/extensions': ['.ts', '.tsx', '.js'],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: [...zones, ...bare] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
    },
  },
  {
    files: ['src/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: SANDBOX_ONLY }] },
  },
  ...Object.entries(ARROWS).map(([folder, line]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', packagesOnly(line)] },
  })),
];
