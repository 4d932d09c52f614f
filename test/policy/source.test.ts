import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { PolicyError } from '../../src/policy/parse.js';
import {
  openPolicy,
  type PolicySource,
  type PolicySourceOptions,
  type ReloadListener,
} from '../../src/policy/source.js';

type Reload = Parameters<ReloadListener>[0];

const silent = pino({ level: 'silent' });
const policyOf = (role: string): string =>
  `version: 1\nroles: { ${role}: { users: [U0A] } }\nactions: {}\n`;
const rolesIn = (reload: Reload): readonly string[] =>
  'policy' in reload ? Object.keys(reload.policy.roles) : reload.problems;

let folder: string;
let path: string;
const open: PolicySource[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
  path = join(folder, 'policy.yml');
});
afterEach(async () => {
  for (const source of open.splice(0)) source.stop();
  await rm(folder, { recursive: true });
});

/** The reloads one after the other, to be waited for. */
async function watched(at = path, options: Partial<PolicySourceOptions> = {}) {
  const reloads: Reload[] = [];
  let wake: () => void = () => undefined;
  const source = await openPolicy(at, {
    log: silent,
    ...options,
    onReload: (reload) => {
      reloads.push(reload);
      wake();
    },
  });
  open.push(source);
  const next = async (): Promise<Reload> => {
    for (;;) {
      const reload = reloads.shift();
      if (reload !== undefined) return reload;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { source, next, waiting: reloads };
}

describe('openPolicy', () => {
  it('has the policy at once', async () => {
    await writeFile(path, policyOf('first'));
    const { source } = await watched();
    expect(Object.keys(source.current().roles)).toEqual(['first']);
  });

  it.each([
    [
      'is not there',
      null,
      '1:1 the file is not there; npx handle-desk init writes one, or copy policy.example.yml',
    ],
    ['is wrong', 'version: 1', '1:1 actions: is missing'],
  ])('rejects when the file %s', async (_why, text, problem) => {
    if (text !== null) await writeFile(path, text);
    await expect(openPolicy(path, { log: silent })).rejects.toEqual(new PolicyError([problem]));
  });

  it('follows a file that is written in place', async () => {
    await writeFile(path, policyOf('first'));
    const { source, next } = await watched();
    await writeFile(path, policyOf('second'));
    expect(rolesIn(await next())).toEqual(['second']);
    expect(Object.keys(source.current().roles)).toEqual(['second']);
  });

  it('follows a file that takes the place of the other, again and again', async () => {
    await writeFile(path, policyOf('first'));
    const { next } = await watched();
    for (const role of ['second', 'third']) {
      await writeFile(join(folder, '.policy.swp'), policyOf(role));
      await rename(join(folder, '.policy.swp'), path);
      expect(rolesIn(await next())).toEqual([role]);
    }
  });

  it('follows the links of a Kubernetes ConfigMap', async () => {
    for (const role of ['first', 'second']) {
      await mkdir(join(folder, `..${role}`));
      await writeFile(join(folder, `..${role}`, 'policy.yml'), policyOf(role));
    }
    await symlink('..first', join(folder, '..data'));
    await symlink('..data/policy.yml', path);
    const { next } = await watched();
    await symlink('..second', join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
    expect(rolesIn(await next())).toEqual(['second']);
  });

  it('polls, for changes of which the system says nothing', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'policy-'));
    const target = join(elsewhere, 'policy.yml');
    await writeFile(target, policyOf('first'));
    await symlink(target, path);
    const { next } = await watched(path, { pollMs: 10 });
    await writeFile(join(elsewhere, 'new'), policyOf('second'));
    await rename(join(elsewhere, 'new'), target);
    expect(rolesIn(await next())).toEqual(['second']);
    await rm(elsewhere, { recursive: true });
  });

  it('says nothing while nothing changes', async () => {
    await writeFile(path, policyOf('first'));
    const { waiting } = await watched(path, { pollMs: 1 });
    for (let round = 0; round < 300; round += 1) await readFile(path);
    expect(waiting).toEqual([]);
  });

  it('refuses a bad file once, keeps the policy before, and takes the next good one', async () => {
    await writeFile(path, policyOf('first'));
    const { source, next } = await watched(path, { pollMs: 5 });
    await writeFile(join(folder, 'new'), 'version: 1\nactions: { fly: {} }');
    await rename(join(folder, 'new'), path);
    expect(await next()).toEqual({
      problems: [
        '2:12 actions.fly: unknown key “fly”; known are register, grant, revoke, extend, update, rotate, unregister, link, audit, doctor, review',
      ],
    });
    expect(Object.keys(source.current().roles)).toEqual(['first']);
    await writeFile(join(folder, 'new'), policyOf('second'));
    await rename(join(folder, 'new'), path);
    expect(rolesIn(await next())).toEqual(['second']);
  });

  it('keeps the policy when the file is deleted, and says so', async () => {
    await writeFile(path, policyOf('first'));
    const { source, next } = await watched();
    await rm(path);
    expect(await next()).toEqual({
      problems: [
        '1:1 the file is not there; npx handle-desk init writes one, or copy policy.example.yml',
      ],
    });
    expect(Object.keys(source.current().roles)).toEqual(['first']);
  });

  it('reloads when it is told to, even if nothing changed', async () => {
    await writeFile(path, policyOf('first'));
    const { source, next } = await watched();
    expect(await source.reload()).toBe(source.current());
    expect(rolesIn(await next())).toEqual(['first']);
  });

  it('rejects a reload of a bad file with its problems', async () => {
    await writeFile(path, policyOf('first'));
    const { source, next } = await watched();
    await writeFile(path, 'version: 1');
    await expect(source.reload()).rejects.toEqual(new PolicyError(['1:1 actions: is missing']));
    expect(await next()).toEqual({ problems: ['1:1 actions: is missing'] });
    expect(Object.keys(source.current().roles)).toEqual(['first']);
  });

  it('tells every listener, also after one that throws', async () => {
    await writeFile(path, policyOf('first'));
    const { source } = await watched();
    const told: string[] = [];
    source.onReload(() => {
      throw new Error('not my day');
    });
    source.onReload((reload) => void told.push(...rolesIn(reload)));
    await source.reload();
    expect(told).toEqual(['first']);
  });

  it('logs what it does, and warnings too', async () => {
    await writeFile(path, policyOf('first'));
    const lines: string[] = [];
    const log = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
    const { source } = await watched(path, { log });
    await writeFile(path, 'version: 1\nroles: { a: {} }\nactions: {}');
    await source.reload();
    await writeFile(path, '');
    await expect(source.reload()).rejects.toThrow(PolicyError);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        level: 40,
        path,
        warning: '2:13 roles.a: nobody has this role',
        msg: 'the policy has a doubtful rule',
      },
      { level: 30, path, msg: 'policy loaded' },
      {
        level: 50,
        path,
        problems: ['1:1 must be keys and values'],
        msg: 'policy refused; the one before stays',
      },
    ]);
  });
});
