import process from 'node:process';
import type { Command } from 'commander';
import { ZodError } from 'zod';

/** `demo`: the bot with simulated Slack and Onezone. Imported lazily, as the bot itself never needs it. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'Try it with nothing else: a small Slack, a small Onezone and the real bot, on this machine only.',
    )
    .option('--port <number>', 'where the page listens; the next free one if it is taken', '4000')
    .option('--host <address>', 'open it to other machines; then a key is needed', '127.0.0.1')
    .option('--socket', 'let the bot use Socket Mode')
    .option('--reset', 'forget what was done before')
    .option('--no-open', 'do not open a browser')
    .option('--folder <folder>', 'where it is kept between runs', '.demo')
    .action(start);
}

async function start(options: unknown): Promise<void> {
  const { demo } = await import('../sandbox/demo/demo.js');
  try {
    await demo(options);
  } catch (error) {
    process.stderr.write(`The demo cannot start: ${reason(error)}\n`);
    process.exit(1);
  }
}

function reason(error: unknown): string {
  if (error instanceof ZodError) return error.issues.map(({ message }) => message).join('; ');
  return error instanceof Error ? error.message : String(error);
}
