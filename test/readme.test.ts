import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { changes } from '../src/changes/index.js';
import { createOnezone } from '../src/onezone/onezone.js';
import { commandsOf } from '../src/queries/index.js';
import { startOnezoneSandbox, type OnezoneSandbox } from '../src/sandbox/onezone/server.js';

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

  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'docs/bench.md'])(
    '%s links to files that exist and names scripts that exist',
    (file) => {
      const text = readFileSync(file, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
      expect(links.filter((path) => !existsSync(join(dirname(file), path)))).toEqual([]);
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
      expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    },
  );

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
    ]) {
      expect(existsSync(join('src', folder))).toBe(true);
      expect(tree).toContain(`${folder}/`);
    }
  });
});

describe('the token of the README', () => {
  let zone: OnezoneSandbox | null = null;
  afterEach(() => zone?.stop());

  it.each([
    ['administrator', /\|\s+administrator\s+\| ([^|]+)\|/],
    ['membership', /\|\s+membership\s+\| ([^|]+)\|/],
  ])('is enough for everything that the desk does, in the %s model', async (_model, row) => {
    const privileges = [...(row.exec(readme)?.[1] ?? '').matchAll(/oz_\w+/g)].map(([name]) => name);
    const token = Token.parse(JSON.parse(/```json\n([^]+?)```/.exec(readme)?.[1] ?? ''));
    zone = await startOnezoneSandbox();
    const desk = zone.addUser({ username: 'desk', privileges });
    const lena = zone.addUser({ username: 'lena' });
    const minted = zone.mintToken({ userId: desk.userId, caveats: token.caveats });
    const onezone = createOnezone({ url: zone.url, credentials: { token: minted } });
    const { id } = await onezone.createHandleService({
      name: 'DataCite',
      proxyEndpoint: 'https://hps.example.org/api/v1',
      serviceProperties: { type: 'DOI' },
    });
    expect(await onezone.listHandleServices()).toEqual([id]);
    expect((await onezone.handleService(id)).name).toBe('DataCite');
    expect(await onezone.addUser(id, lena.userId, ['handle_service_view'])).toBe('added');
    await onezone.changePrivileges(id, lena.userId, {
      grant: ['handle_service_register_handle'],
      revoke: [],
    });
    expect(await onezone.userPrivileges(id, lena.userId)).toHaveLength(2);
    expect(await onezone.effectivePrivileges(id, lena.userId)).toHaveLength(2);
    expect(await onezone.removeUser(id, lena.userId)).toBe('removed');
    expect(await onezone.listUsers()).toContain(lena.userId);
    expect((await onezone.user(lena.userId)).username).toBe('lena');
    const info = await onezone.connect();
    expect(info.lacking).toEqual([]);
    await onezone.close();
  });
});

const Token = z.object({
  caveats: z.array(
    z.union([
      z.object({ type: z.literal('time'), validUntil: z.number() }),
      z.object({ type: z.literal('interface'), interface: z.literal('rest') }),
      z.object({ type: z.enum(['service', 'api']), whitelist: z.array(z.string()) }),
    ]),
  ),
});
