import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface Child {
  /** The next thing the bot says to its parent. */
  readonly says: () => Promise<unknown>;
  readonly tell: (what: string) => void;
  /** How it ended: exit code or signal. */
  readonly ended: Promise<number | string>;
  readonly kill: () => void;
  readonly output: () => string;
}

/** The transport in a process of its own, where an unhandled rejection is the end. */
export const startChild = (environment: Readonly<Record<string, string>>): Child => {
  const folder = join(process.cwd(), 'node_modules', '.cache', 'handle-desk-test');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `bot-${process.pid}.mjs`);
  buildSync({
    entryPoints: [join(process.cwd(), 'test', 'slack-transport', 'kit', 'child-main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const child = fork(outfile, { env: { ...process.env, ...environment }, silent: true });
  let output = '';
  child.stderr?.on('data', (data) => (output += String(data)));
  child.stdout?.on('data', (data) => (output += String(data)));
  return {
    says: mailbox(child),
    tell: (what) => child.send(what),
    ended: new Promise((resolve) =>
      child.once('close', (code, signal) => {
        rmSync(outfile, { force: true });
        resolve(code ?? signal ?? 'unknown');
      }),
    ),
    kill: () => child.kill('SIGKILL'),
    output: () => output,
  };
};

const mailbox = (child: ChildProcess): (() => Promise<unknown>) => {
  const letters: unknown[] = [];
  const readers: ((letter: unknown) => void)[] = [];
  child.on('message', (letter) => {
    const reader = readers.shift();
    if (reader) reader(letter);
    else letters.push(letter);
  });
  return () =>
    new Promise((resolve) => {
      if (letters.length > 0) resolve(letters.shift());
      else readers.push(resolve);
    });
};
