import type { Command } from 'commander';
import { failWith } from '../fail-with.js';
import type { Flags } from './flags.js';

/** `init`: from nothing to a desk that can start. Every answer is checked while it is given; no secret is ever printed. Loaded only when it is used. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('Set the desk up: ask, check every answer, and write .env and policy.yml.')
    .option('--yes', 'ask nothing: everything comes from flags, the environment and .env')
    .option('--overwrite', 'with --yes: replace what differs in files that are there')
    .option('--socket', 'Slack reaches the bot in Socket Mode (SLACK_APP_TOKEN)')
    .option('--http', 'Slack reaches the bot at a public address (SLACK_SIGNING_SECRET)')
    .option('--onezone-url <address>', 'address of the zone')
    .option('--admin <people>', 'administrators of the desk: names, addresses or ids, with commas')
    .option('--curator <people>', 'curators, who agree to requests')
    .option('--curator-group <groups>', 'the same as Slack user groups')
    .option('--grants <channel>', 'channel in which new grants are announced')
    .option('--approvals <channel>', 'channel in which requests wait for agreement')
    .option('--operators <channel>', 'channel for what an operator has to look at')
    .option('--days <number>', 'how long the token is valid', '365')
    .option('--settings <file>', 'where the settings go', '.env')
    .option('--policy <file>', 'where the policy goes', 'policy.yml')
    .addHelpText(
      'after',
      '\nSecrets are asked for, or taken from the environment: SLACK_BOT_TOKEN, SLACK_APP_TOKEN or SLACK_SIGNING_SECRET,\nONEZONE_USERNAME and ONEZONE_PASSWORD, or ONEZONE_TOKEN.',
    )
    .action(failWith(async (flags: Flags) => (await import('./run.js')).run(flags)));
}
