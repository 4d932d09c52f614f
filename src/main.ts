import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Logger } from 'pino';
import { type Bot, createBot } from './bot.js';
import { loadConfig, policyFileOf } from './config.js';
import { createLog } from './log.js';
import { createSecrets } from './secrets.js';
import { startProblems } from './start-problems.js';

/** Most supervisors kill after ten seconds. */
const MAX_SHUTDOWN_MS = 9_500;

export async function main(): Promise<void> {
  try {
    await run();
  } catch (error) {
    const policyFile = policyFileOf(process.env);
    const { lines, exitCode } = startProblems(error, policyFile);
    process.stderr.write(
      `Handle Desk cannot start:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
    );
    process.exit(exitCode);
  }
}

async function run(): Promise<void> {
  const config = loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const secrets = createSecrets(config.secrets);
  const log = createLog({ level: config.logLevel, secrets });
  let bot: Bot | null = null;
  endOnFault(log);
  endOnSignal(log, async () => bot?.stop());
  bot = await createBot({ config, secrets, log, env: process.env });
  await bot.start();
}

/** Not `once`: a second signal without a listener would kill the process during its shutdown. */
function endOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    // Unfinished jobs are safe: their lease runs out and the next process takes them over.
    setTimeout(() => process.exit(0), MAX_SHUTDOWN_MS).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'not stopped in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** The state is unknown now, so exit. Reported through the log, which redacts secrets. */
function endOnFault(log: Logger): void {
  const end = (err: unknown): void => {
    log.fatal({ err }, 'an error that nobody handles');
    process.exit(1);
  };
  process.on('unhandledRejection', end);
  process.on('uncaughtException', end);
}
