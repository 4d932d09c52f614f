import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { z } from 'zod';

/** The real program in a process of its own. */
export interface Program {
  readonly pid: number;
  readonly out: () => string;
  readonly err: () => string;
  /** Exit code, or the signal that ended it. Waits for the end of its output too. */
  readonly ended: Promise<number | string>;
  isRunning(): boolean;
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): void;
  /** Resolves when the output matches; rejects with all of it when the program ends before, or after `ms`. */
  says(pattern: RegExp, ms?: number): Promise<void>;
}

const PATIENCE = 20_000;

export interface Start {
  readonly cli: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The limit of open files that holds for it. */
  readonly openFiles?: number;
  /** Default: that of the tests. */
  readonly cwd?: string;
}

export function startProgram({ cli, args, env = {}, openFiles, cwd }: Start): Program {
  const node = [process.execPath, '--enable-source-maps', cli, ...args];
  const limited = `ulimit -n ${String(openFiles)} && exec "$0" "$@"`;
  const [command = '', ...given] = openFiles === undefined ? node : ['sh', '-c', limited, ...node];
  const child = spawn(command, given, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const heard = new EventEmitter().setMaxListeners(50);
  const [out, err] = [collect(child.stdout, heard), collect(child.stderr, heard)];
  let running = true;
  const ended = endOf(child).finally(() => {
    running = false;
    heard.emit('something');
  });
  return {
    pid: child.pid ?? 0,
    out,
    err,
    ended,
    isRunning: () => running,
    signal: (name) => void child.kill(name),
    says: async (pattern, ms = PATIENCE) => {
      const late = AbortSignal.timeout(ms);
      while (!pattern.test(out() + err())) {
        if (!running || late.aborted) {
          throw new Error(`never said ${String(pattern)}, but:\n${out()}${err()}`);
        }
        await once(heard, 'something', { signal: late }).catch(() => undefined);
      }
    },
  };
}

/** Runs it to its end. */
export async function runProgram(
  start: Start,
): Promise<{ readonly code: number | string; readonly out: string; readonly err: string }> {
  const program = startProgram(start);
  const code = await program.ended;
  return { code, out: program.out(), err: program.err() };
}

const Ready = z.object({ msg: z.literal('ready'), ops: z.string(), slack: z.number().nullable() });

/** Where a bot that is ready listens. */
export interface Where {
  readonly ops: string;
  /** Null in Socket Mode. */
  readonly slack: string | null;
}

export async function ready(program: Program): Promise<Where> {
  await program.says(/"msg":"ready"/);
  const line = linesOf(program).find((it) => Ready.safeParse(it).success);
  const { ops, slack } = Ready.parse(line);
  return { ops, slack: slack === null ? null : `http://127.0.0.1:${slack}/slack/events` };
}

/** What it logged, line by line; the last one may be cut off. */
export function linesOf(program: Program): readonly unknown[] {
  const whole = program
    .out()
    .split('\n')
    .filter((it) => it.startsWith('{') && it.endsWith('}'));
  return whole.map((it): unknown => JSON.parse(it));
}

/** What no test expects in a log: errors, and traces of what was not caught. Cut, so that a failing test can be read. */
export function unforeseen(log: string): readonly string[] {
  const lines = log.split('\n');
  const bad = lines.filter((it) => /"level":"(error|fatal)"|^\s+at /.test(it));
  return bad.slice(0, 5).map((it) => it.slice(0, 600));
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
}

function collect(stream: NodeJS.ReadableStream | null, heard: EventEmitter): () => string {
  let text = '';
  stream?.on('data', (chunk: unknown) => {
    text += String(chunk);
    heard.emit('something');
  });
  return () => text;
}
