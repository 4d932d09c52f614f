import process from 'node:process';
import { Command, Option } from 'commander';
import { registerAudit } from './audit.js';
import { registerBackup } from './backup.js';
import { registerDoctor } from './doctor.js';
import { registerDemo } from './demo.js';
import { loadEnvFile } from './env-file.js';
import { registerInit } from './init/index.js';
import { registerManifest } from './manifest.js';
import { registerPolicy } from './policy.js';
import { registerToken } from './token.js';
import { version } from './version.js';
import { main } from '../main.js';

/** The whole command line. `npm run docs:reference` prints its help. */
export function createProgram(): Command {
  const program = new Command('handle-desk')
    .description('Run a persistent-identifier desk from Slack.')
    .version(version, '--version')
    .option('--env <file>', 'read settings from here (default: .env, if it is there)')
    .hook('preAction', (all, command) => {
      // The demo brings settings of its own.
      if (command.name() === 'demo') return;
      try {
        loadEnvFile(all.opts<{ readonly env?: string }>().env);
      } catch (error) {
        program.error(error instanceof Error ? error.message : String(error), { exitCode: 2 });
      }
    })
    .showHelpAfterError();
  program
    .command('start')
    .description('Run the bot; settings come from the environment.')
    .addOption(
      new Option('--with-parent', 'end when the process that started this one ends').hideHelp(),
    )
    .action(async ({ withParent }: { readonly withParent?: boolean }) => {
      if (withParent === true)
        process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
      await main();
    });
  registerInit(program);
  registerDoctor(program);
  registerToken(program);
  registerManifest(program);
  registerPolicy(program);
  registerAudit(program);
  registerBackup(program);
  registerDemo(program);
  return program;
}
