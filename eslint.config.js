import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/** Packages and folders that a folder may not import: the arrows of docs/architecture.md, held here. */
const outside = ['@slack/*', 'kysely', 'libsql', 'pg', 'undici', 'ws'];
const fences = {
  requests: [
    ...outside,
    'pino',
    '**/store/**',
    '**/slack/**',
    '**/onezone/**',
    '**/jobs/**',
    '**/people/**',
    '**/changes/**',
    '**/workflow.js',
    '**/services.js',
    '**/config.js',
    '**/log.js',
  ],
  registrars: [
    ...outside,
    '**/store/**',
    '**/slack/**',
    '**/onezone/**',
    '**/jobs/**',
    '**/people/**',
    '**/changes/**',
    '**/workflow.js',
    '**/services.js',
    '**/config.js',
  ],
  store: [
    '@slack/*',
    'undici',
    '**/slack/**',
    '**/onezone/**',
    '**/jobs/**',
    '**/people/**',
    '**/changes/**',
    '**/workflow.js',
    '**/services.js',
    '**/config.js',
  ],
  onezone: [
    '@slack/*',
    'kysely',
    'libsql',
    'pg',
    '**/slack/**',
    '**/store/**',
    '**/jobs/**',
    '**/people/**',
    '**/changes/**',
    '**/workflow.js',
    '**/services.js',
    '**/config.js',
  ],
  changes: [...outside, '**/slack/**', '**/jobs/**', '**/store/**', '**/workflow.js'],
  queries: [...outside, '**/slack/**', '**/jobs/**', '**/workflow.js'],
  people: [...outside, '**/slack/**', '**/jobs/**', '**/changes/**', '**/workflow.js'],
  zone: [...outside, '**/slack/**', '**/jobs/**', '**/changes/**', '**/workflow.js'],
  jobs: [...outside, '**/slack/**'],
  slack: ['kysely', 'libsql', 'pg', 'undici', '**/jobs/**'],
  policy: [
    ...outside,
    '**/slack/**',
    '**/store/**',
    '**/onezone/**',
    '**/jobs/**',
    '**/workflow.js',
    '**/services.js',
  ],
};

const forbid = (group) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group, message: 'This import runs against the arrows of docs/architecture.md.' },
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'data', '.demo'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        project: ['./test/tsconfig.json', './web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'import-x/order': [
        'error',
        { groups: ['builtin', 'external', ['parent', 'sibling', 'index']] },
      ],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config.ts', 'src/main.ts', 'src/cli.ts', 'src/cli/**', 'src/sandbox/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only config.ts, main.ts and the CLI touch the process.' },
      ],
    },
  },
  ...Object.entries(fences).map(([folder, group]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: forbid([...group, '**/sandbox/**']),
  })),
  {
    files: ['src/*.ts'],
    ignores: ['src/cli.ts'],
    rules: forbid(['**/sandbox/**']),
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
