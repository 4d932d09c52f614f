import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

export type BotStatus = 'running' | 'stopped' | 'starting';

/** The real bot, as its own process: it can be killed at any moment, as machines do. */
export interface BotProcess {
  status(): BotStatus;
  start(): Promise<void>;
  /** SIGKILL: no time to say goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. */
  stop(): Promise<void>;
  on(listener: () => void): () => void;
}

/** How long a start may take before we say that it failed. */
const START_TIMEOUT_MS = 60_000;

export function createBotProcess(options: {
  /** The built program. */
  readonly cli: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}): BotProcess {
  const logFile = join(options.folder, 'bot.log');
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const listeners = new Set<() => void>();
  let child: ChildProcess | null = null;
  let status: BotStatus = 'stopped';

  function become(next: BotStatus): void {
    status = next;
    for (const listener of listeners) listener();
  }

  async function start(): Promise<void> {
    if (child !== null) return;
    become('starting');
    const started = spawn(process.execPath, [options.cli, 'start', '--with-parent'], {
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
      // By the channel it notices that we are gone, however we ended.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    started.once('exit', () => {
      child = null;
      become('stopped');
    });
    started.stderr?.pipe(log, { end: false });
    await ready(started);
    become('running');
  }

  function ready(started: ChildProcess): Promise<void> {
    const { stdout } = started;
    return new Promise((resolve, reject) => {
      const fail = (what: string): void => {
        clearTimeout(late);
        reject(new Error(`the bot ${what}; see ${logFile}`));
      };
      const late = setTimeout(fail, START_TIMEOUT_MS, 'did not start');
      started.once('error', (error) => {
        fail(`did not start (${error.message})`);
      });
      started.once('exit', (code) => {
        fail(`ended with ${String(code)}`);
      });
      if (stdout === null) return;
      createInterface({ input: stdout }).on('line', (line) => {
        log.write(`${line}\n`);
        if (!line.includes('"msg":"ready"')) return;
        clearTimeout(late);
        resolve();
      });
    });
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = child;
    if (running === null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await gone;
  }

  return {
    status: () => status,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
