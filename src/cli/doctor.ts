import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { exitCodeOf, screenOf, withoutTicks } from '../doctor/screen.js';
import type { Finding } from '../doctor/finding.js';
import { lookAround } from '../look-around.js';
import { parsePolicy } from '../policy/parse.js';
import { createSecrets } from '../secrets.js';
import { lookAtIntake } from '../slack/transport/intake-look.js';
import { createWorkspaceLook } from '../slack/transport/workspace.js';
import { lookAtStore, type StoreLook } from '../store/look.js';
import { failWith } from './fail-with.js';

interface Options {
  readonly json?: boolean;
  readonly url?: string;
}

/** `doctor`: everything that has to be right, on one screen. Changes nothing, and may run beside the bot. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say whether all is well, and what to do where it is not.')
    .option('--json', 'print the findings as JSON')
    .option('--url <address>', 'public address of the bot, to be looked at as Slack does')
    .addHelpText(
      'after',
      '\nExit codes: 0 all is well; 1 there is a problem; 2 there are only warnings, or something could not be looked at;\n78 the settings or the policy file are wrong, and nothing was looked at.',
    )
    .action(failWith(run));
}

async function run(options: Options): Promise<void> {
  const config = loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const secrets = createSecrets(config.secrets);
  const { policy } = parsePolicy(readFileSync(config.policyFile, 'utf8'));
  const looks: StoreLook[] = [];
  const now = (): Date => new Date();
  try {
    const findings = await lookAround({
      config,
      policy,
      accounts: { env: process.env, readFile: (path) => readFile(path, 'utf8') },
      workspace: createWorkspaceLook(config.slack),
      store: async () => {
        const look = await lookAtStore(config.databaseUrl);
        looks.push(look);
        return look;
      },
      intake: () => lookAtIntake(config, { at: options.url ?? null, now }),
      now,
    });
    process.stdout.write(
      secrets.redact(options.json === true ? withoutTicks(asJson(findings)) : screenOf(findings)),
    );
    process.exitCode = exitCodeOf(findings);
  } finally {
    for (const look of looks) if (look.kind === 'open') await look.store.close();
  }
}

const asJson = (findings: readonly Finding[]): string =>
  `${JSON.stringify(
    findings.map(({ check, verdict, what, why, fix }) => ({ check, verdict, what, why, fix })),
    null,
    2,
  )}\n`;
