import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { openPolicy, type PolicySource } from '../../src/policy/source.js';
import { watchFile } from '../../src/policy/watch-file.js';

const POLL_MS = 30_000;
const POLICY = 'version: 1\nroles: { a: { users: [U0A] } }\nactions: {}\n';

let folder: string;
let lines: string[];
let stop: () => void = () => undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
  lines = [];
});
afterEach(async () => {
  stop();
  jest.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const log = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
const logged = (): readonly unknown[] => lines.map((line): unknown => JSON.parse(line));

function counted(path: string, work: () => Promise<void> = () => Promise.resolve()): () => number {
  let count = 0;
  stop = watchFile(path, {
    log,
    pollMs: POLL_MS,
    onChange: () => {
      count += 1;
      return work();
    },
  });
  return () => count;
}

describe('watching a file', () => {
  it('where there is no folder looks at each poll, and says so once', async () => {
    jest.useFakeTimers();
    const path = join(folder, 'no-such-folder', 'policy.yml');
    const count = counted(path);
    await jest.advanceTimersByTimeAsync(10 * POLL_MS);
    expect(count()).toBe(10);
    expect(logged()).toEqual([
      expect.objectContaining({
        level: 40,
        path,
        pollMs: POLL_MS,
        msg: 'the system does not report changes; the file is polled',
      }),
    ]);
  });

  it('in /proc, of a process that is no more, looks at each poll', async () => {
    jest.useFakeTimers();
    const count = counted('/proc/4194305/root/policy.yml');
    await jest.advanceTimersByTimeAsync(10 * POLL_MS);
    expect(count()).toBe(10);
    expect(lines).toHaveLength(1);
  });

  it('that cannot be looked at says so once, until it can', async () => {
    jest.useFakeTimers();
    let broken = true;
    counted(join(folder, 'policy.yml'), () =>
      broken ? Promise.reject(new Error('no')) : Promise.resolve(),
    );
    await jest.advanceTimersByTimeAsync(3 * POLL_MS);
    expect(lines).toHaveLength(1);
    broken = false;
    await jest.advanceTimersByTimeAsync(POLL_MS);
    broken = true;
    await jest.advanceTimersByTimeAsync(3 * POLL_MS);
    expect(lines).toHaveLength(2);
  });

  it('that never answers is asked for once', async () => {
    jest.useFakeTimers();
    const count = counted(join(folder, 'policy.yml'), () => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(100 * POLL_MS);
    expect(count()).toBe(1);
  });
});

describe('a policy file', () => {
  let source: PolicySource;
  let reloads: number;
  let next: () => void;
  const path = (): string => join(folder, 'in', 'policy.yml');
  beforeEach(async () => {
    await mkdir(join(folder, 'in'));
    await writeFile(path(), POLICY);
    reloads = 0;
    source = await openPolicy(path(), {
      log,
      onReload: () => {
        reloads += 1;
        next();
      },
    });
    stop = source.stop;
  });
  const refused = (): Promise<void> =>
    new Promise((resolve) => {
      next = resolve;
    });

  it.each([
    [
      'whose folder vanishes',
      'the file is not there; npx handle-desk init writes one, or copy policy.example.yml',
      () => rm(join(folder, 'in'), { recursive: true }),
    ],
    [
      'that becomes a folder',
      'the file cannot be read (EISDIR)',
      () => {
        rmSync(path());
        mkdirSync(path());
        return Promise.resolve();
      },
    ],
  ])('%s is refused once', async (_, problem, happens) => {
    const said = refused();
    await happens();
    await said;
    // The log may lie in the same folder: what is said of a refusal must not bring on the next.
    for (let round = 0; round < 300; round += 1) await readFile(__filename);
    expect(reloads).toBe(1);
    expect(logged()).toEqual([
      {
        level: 50,
        path: path(),
        problems: [`1:1 ${problem}`],
        msg: 'policy refused; the one before stays',
      },
    ]);
  });
});
