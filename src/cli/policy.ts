import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { explain } from '../policy/explain.js';
import { parsePolicy, PolicyError } from '../policy/parse.js';
import type { Actor } from '../requests/person.js';
import { ACTIONS, type Action } from '../requests/policy.js';

const DEFAULT_FILE = process.env['POLICY_FILE'] ?? './policy.yml';

/** `policy check` and `policy explain`. Neither contacts Slack or Onezone. */
export function registerPolicy(program: Command): void {
  const policy = program.command('policy').description('Look at the policy file.');
  policy
    .command('check')
    .description('Say what is wrong with the policy file; exit 1 if anything is.')
    .argument('[file]', 'policy file', DEFAULT_FILE)
    .action(check);
  policy
    .command('explain')
    .description('Say what a person may do, and which rules say so.')
    .argument('<user>', 'Slack user id, such as U0ADA')
    .argument('<action>', ACTIONS.join(', '))
    .argument('[service]', 'name of a handle service')
    .option('--file <file>', 'policy file', DEFAULT_FILE)
    .option('--group <id...>', 'Slack user groups that the person is in', [])
    .action(explainTo);
}

function check(file: string): void {
  try {
    const { warnings, expect } = parsePolicy(readFileSync(file, 'utf8'));
    for (const warning of warnings) say(`warning: ${warning}`);
    say(`${file} is good; ${expect.length} expectations hold.`);
  } catch (error) {
    fail(file, error);
  }
}

function explainTo(
  user: string,
  action: string,
  service: string | undefined,
  options: { readonly file: string; readonly group: readonly string[] },
): void {
  const known = ACTIONS.find((name) => name === action);
  if (known === undefined) {
    process.stderr.write(`There is no action “${action}”. Actions: ${ACTIONS.join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  try {
    lines(user, known, { service, ...options }).forEach(say);
  } catch (error) {
    fail(options.file, error);
  }
}

function lines(
  user: string,
  action: Action,
  about: {
    readonly service: string | undefined;
    readonly file: string;
    readonly group: readonly string[];
  },
): readonly string[] {
  const { policy } = parsePolicy(readFileSync(about.file, 'utf8'));
  const actor: Actor = {
    ...{ id: user, standing: 'member', usergroups: about.group },
    ...{ onezone: [], linkedBy: [] },
  };
  const service = about.service === undefined ? null : { id: about.service, name: about.service };
  return explain(policy, actor, action, service);
}

function fail(file: string, error: unknown): void {
  const problems = error instanceof PolicyError ? error.problems : [String(error)];
  process.stderr.write(`${problems.map((problem) => `${file}:${problem}`).join('\n')}\n`);
  process.exitCode = 1;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
