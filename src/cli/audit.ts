import { readFileSync } from 'node:fs';
import process from 'node:process';
import { type Command, InvalidArgumentError } from 'commander';
import { loadDatabaseUrl } from '../config.js';
import { ConfigError, type Environment } from '../environment/variables.js';
import { openAudit, type OpenedAudit } from '../store/open-audit.js';
import type { KnownHead, ReadAudit } from '../store/store.js';
import { exitCodeOf, exitCodesHelp, type Result, say } from './audit-words.js';

const LINES_PER_PAGE = 1000;

/** Where a command reads its settings and says what it found. */
export interface CliIo {
  readonly env: Environment;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly exit: (code: number) => void;
}

export const processIo: CliIo = {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  exit: (code) => {
    process.exitCode = code;
  },
};

/** `audit verify` and `audit export`. Of all settings they need only `DATABASE_URL`, and they change nothing. */
export function registerAudit(program: Command, io: CliIo = processIo): void {
  const audit = program
    .command('audit')
    .description('Look at the audit. Needs only DATABASE_URL, and changes nothing.');
  audit
    .command('verify')
    .description('Check the hash chain from the first line to the last.')
    .option('--head <hash>', 'check also that this head, known from elsewhere, is in it', toHash)
    .option('--lines <number>', 'with --head: how many lines there were then', toCount)
    .addHelpText('after', exitCodesHelp)
    .action((options: KnownOptions) => checkAudit(io, options));
  audit
    .command('export')
    .description('Print every line as JSON, oldest first.')
    .addHelpText('after', exitCodesHelp)
    .action(() => withAudit(io, (opened) => exportLines(io, opened)));
}

interface KnownOptions {
  readonly head?: string;
  readonly lines?: number;
}

/** Says what was found, and exits with its code. */
export const checkAudit = (io: CliIo, known: KnownOptions = {}): Promise<void> =>
  withAudit(io, (opened) => verify(io, opened, known));

async function verify(
  io: CliIo,
  opened: OpenedAudit,
  { head, lines: count }: KnownOptions,
): Promise<void> {
  const lines = count ?? null;
  const known = head === undefined ? null : { hash: head, lines };
  if (known === null && lines !== null) {
    problem(io, '--lines needs --head');
    return;
  }
  end(io, opened.kind === 'missing' ? opened : await resultOf(opened.audit, known));
}

async function resultOf(audit: ReadAudit, known: KnownHead | null): Promise<Result> {
  const { finding, lines, head } = await audit.verify(known ?? undefined);
  if (finding !== null) return finding;
  return lines === 0 ? { kind: 'empty' } : { kind: 'unbroken', lines, head };
}

async function exportLines(io: CliIo, opened: OpenedAudit): Promise<void> {
  if (opened.kind === 'missing') {
    end(io, opened);
    return;
  }
  for (let after = 0; ;) {
    const page = await opened.audit.read({ after, limit: LINES_PER_PAGE });
    for (const line of page) io.out(`${JSON.stringify(line)}\n`);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function withAudit(io: CliIo, work: (opened: OpenedAudit) => Promise<void>): Promise<void> {
  try {
    const url = loadDatabaseUrl(io.env, (path) => readFileSync(path, 'utf8'));
    const opened = await openAudit(url);
    try {
      await work(opened);
    } finally {
      if (opened.kind === 'open') await opened.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const line of error.problems) problem(io, line);
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    end(io, { kind: 'unreadable', reason });
  }
}

function end(io: CliIo, result: Result): void {
  const text = `${say(result)}\n`;
  if (result.kind === 'unbroken') io.out(text);
  else io.err(text);
  io.exit(exitCodeOf(result.kind));
}

function problem(io: CliIo, text: string): void {
  io.err(`${text}\n`);
  io.exit(exitCodeOf('settings'));
}

function toHash(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('A head is 64 hexadecimal digits.');
}

function toCount(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}
