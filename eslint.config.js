import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import redos from 'eslint-plugin-redos';
import { arrows } from './eslint.arrows.js';

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
  {
    // One text must not hold the event loop for seconds: every expression takes time in proportion to its text.
    files: ['src/**/*.ts', 'web/**/*.ts', 'web/**/*.tsx', 'scripts/**/*.js'],
    plugins: { redos },
    rules: { 'redos/no-vulnerable': ['error', { ignoreErrors: false, timeout: 60_000 }] },
  },
  ...arrows,
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
