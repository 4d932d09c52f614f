import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

/**
 * Packs what was built, with its bill of materials, and shows that the package is whole: installed alone, without development
 * dependencies and without running anybody's install scripts, it does what it does here. `--keep FOLDER` keeps the tarball.
 */
const keep = process.argv[2] === '--keep' ? process.argv[3] : undefined;
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) => writeFileSync(file, JSON.stringify(value));
/** Built into the files of the demo, which the bot never loads. */
const sandboxOnly = ['ajv', 'ws'];
/** What esbuild writes above each of their files. */
const SANDBOX_ONLY = /node_modules\/(ajv|ws)\//;
const folder = mkdtempSync(join(tmpdir(), 'handle-desk-package-'));
try {
  writeFileSync('dist/sbom.cdx.json', billOfMaterials());
  const tarball = pack(keep ?? folder);
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  await check(join(folder, 'package'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * CycloneDX, of what `npm ci --omit=dev` installs. Asked of a lock file in which nothing else stands: from a whole one, npm leaves
 * out with `--omit dev` also what is needed in both ways.
 */
function billOfMaterials() {
  const only = mkdtempSync(join(folder, 'bill-'));
  const { devDependencies: _, ...manifest } = readJson('package.json');
  const { packages, ...lock } = readJson('package-lock.json');
  const needed = Object.entries(packages).filter(([, { dev }]) => dev !== true);
  const { devDependencies: __, ...root } = packages[''];
  writeJson(join(only, 'package.json'), manifest);
  const lockFile = { ...lock, packages: { ...Object.fromEntries(needed), '': root } };
  writeJson(join(only, 'package-lock.json'), lockFile);
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--omit', 'dev'];
  const text = execFileSync('npm', args, { cwd: only, encoding: 'utf8' });
  const { bomFormat, components } = JSON.parse(text);
  assert.equal(bomFormat, 'CycloneDX');
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
  for (const [path, { version }] of needed) {
    const name = path.split('node_modules/').at(-1);
    assert(name === '' || listed.has(`pkg:npm/${name}@${version}`), `${name} is not in the bill`);
  }
  console.log(`bill of materials: ${components.length} components`);
  return text;
}

function pack(destination) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const [{ filename, files, size }] = JSON.parse(
    execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const paths = files.map(({ path }) => path);
  for (const path of [
    ...['.env.example', 'LICENSE', 'README.md', 'manifest.yml', 'package.json'],
    ...['bin/handle-desk.js', 'manifest.socket.yml'],
    ...['policy.example.yml', 'policy.schema.json', 'dist/cli.js', 'dist/sbom.cdx.json'],
    'dist/sandbox/page/public/page.js',
  ]) {
    assert(paths.includes(path), `${path} is not in the package`);
  }
  const known = /^(bin\/handle-desk\.js|dist\/.+\.(js|json|html|css|svg)|[^/]+)$/;
  assert.deepEqual(
    paths.filter((path) => !known.test(path)),
    [],
  );
  console.log(`${filename}: ${files.length} files, ${Math.round(size / 1024)} kB`);
  return join(destination, filename);
}

async function check(installed) {
  copyFileSync('package-lock.json', join(installed, 'package-lock.json'));
  const npm = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  execFileSync('npm', npm, { cwd: installed, stdio: 'inherit' });
  const run = (...args) =>
    execFileSync(process.execPath, args, { cwd: installed, encoding: 'utf8' }).trim();
  for (const name of sandboxOnly) {
    assert(!existsSync(join(installed, 'node_modules', name)), `${name} is installed`);
  }
  const built = join(installed, 'dist');
  const loaded = loadedAtStart(join(built, 'cli.js'));
  const withThem = readdirSync(built)
    .map((name) => join(built, name))
    .filter((file) => file.endsWith('.js') && SANDBOX_ONLY.test(readFileSync(file, 'utf8')));
  assert(withThem.length > 0 && withThem.every((file) => !loaded.includes(file)), 'see the build');
  assert.match(run('dist/cli.js', '--help'), /^Usage: handle-desk/);
  assert.match(run('dist/cli.js', 'demo', '--help'), /^Usage: handle-desk demo/);
  console.log(run('dist/cli.js', 'policy', 'check', 'policy.example.yml'));
  await demoRuns(installed);
}

/** A file of the build, and what it imports from the others before anything is asked of it. */
function loadedAtStart(file) {
  const text = readFileSync(file, 'utf8');
  const others = text
    .split('\n')
    .flatMap((line) =>
      /^(?:import|export)\b/.test(line) ? [/["'](\.\/[^"']+)["']/.exec(line)] : [],
    )
    .filter((found) => found !== null);
  return [file, ...others.flatMap(([, path]) => loadedAtStart(join(dirname(file), path)))];
}

/** The bot itself on SQLite, connected to the small Slack by a socket. */
async function demoRuns(installed) {
  const args = ['dist/cli.js', 'demo', '--socket', '--no-open', '--port', '4871'];
  const demo = spawn(process.execPath, args, {
    cwd: installed,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise((resolve, reject) => {
      let said = '';
      demo.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
        const found = /^ {2}page {6}(http\S+)$/m.exec(said);
        if (found !== null) resolve(found[1]);
      });
      demo.once('exit', () => reject(new Error(`The demo ended: ${said}`)));
    });
    assert.equal((await fetch(url)).status, 200);
    console.log('the demo runs');
  } finally {
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill();
    await ended;
  }
}
