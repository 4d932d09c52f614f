import process from 'node:process';
import type { Command } from 'commander';
import { url as Address } from '../environment/values.js';
import { EXAMPLE_ADDRESS, manifest } from '../manifest.js';

/** `manifest`: what is pasted into Slack, with the address of this bot. */
export function registerManifest(program: Command): void {
  program
    .command('manifest')
    .description('Print the manifest of the Slack app, to paste where Slack asks for it.')
    .option('--url <address>', 'public address of the bot, such as https://desk.example.org')
    .option('--socket', 'for Socket Mode, which needs no public address')
    .action(print);
}

function print({ url, socket }: { readonly url?: string; readonly socket?: boolean }): void {
  if (url !== undefined && socket === true) {
    refuse('Choose one: --url or --socket.');
    return;
  }
  if (socket === true) {
    process.stdout.write(manifest('socket'));
    return;
  }
  const parsed = Address.safeParse(url ?? EXAMPLE_ADDRESS);
  if (parsed.success) process.stdout.write(manifest({ at: parsed.data }));
  else refuse(`--url ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}

function refuse(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 2;
}
