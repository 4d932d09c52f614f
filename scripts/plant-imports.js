// Prints as JSON what the arrows of eslint.arrows.js say to one planted import for each pair of a folder and another folder, a file
// beside the folders, or a package; and to two files that import each other. Nothing is written into src.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ARROWS, arrows } from '../eslint.arrows.js';

const PACKAGES = ['@slack/bolt', 'kysely', 'libsql', 'pg', 'undici', 'yaml', 'pino', 'commander'];

const parser = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } };
const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [parser, ...arrows] });

const firstFile = (folder) => {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return join(folder, names.find((name) => name.endsWith('.ts')) ?? '');
};

const targets = readdirSync('src').map((name) => {
  const path = join('src', name);
  return { name, file: statSync(path).isDirectory() ? firstFile(path) : path };
});

async function isRefused(from, imported) {
  const filePath = join('src', from, 'planted.ts');
  const [result] = await eslint.lintText(`import '${imported}';\n`, { filePath });
  return result.messages.length > 0;
}

const seen = {};
for (const folder of Object.keys(ARROWS)) {
  const files = targets.filter(({ name }) => name !== folder);
  const pairs = await Promise.all([
    ...files.map(async ({ name, file }) => {
      const path = relative(join('src', folder), file).replace(/\.ts$/, '.js');
      return [name, await isRefused(folder, path.startsWith('.') ? path : `./${path}`)];
    }),
    ...PACKAGES.map(async (name) => [name, await isRefused(folder, name)]),
  ]);
  seen[folder] = Object.fromEntries(pairs);
}

const folder = mkdtempSync(join('src', 'requests', 'planted-'));
try {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'one.ts'), "import './other.js';\nexport const one = 1;\n");
  writeFileSync(join(folder, 'other.ts'), "import './one.js';\nexport const other = 1;\n");
  const results = await eslint.lintFiles([join(folder, '*.ts')]);
  const rules = results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  process.stdout.write(JSON.stringify({ arrows: ARROWS, seen, cycle: [...new Set(rules)] }));
} finally {
  rmSync(folder, { recursive: true });
}
