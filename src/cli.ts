#!/usr/bin/env node
import process from 'node:process';
import { Command, Option } from 'commander';
import { registerAudit } from './cli/audit.js';
import { registerDemo } from './cli/demo.js';
import { registerPolicy } from './cli/policy.js';
import { main } from './main.js';

const program = new Command('handle-desk')
  .description('Run a persistent-identifier desk from Slack.')
  .showHelpAfterError();
program
  .command('start')
  .description('Run the bot; settings come from the environment.')
  .addOption(
    new Option('--with-parent', 'end when the process that started this one ends').hideHelp(),
  )
  .action(async ({ withParent }: { readonly withParent?: boolean }) => {
    if (withParent === true) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    await main();
  });
registerPolicy(program);
registerAudit(program);
registerDemo(program);
await program.parseAsync(process.argv);
