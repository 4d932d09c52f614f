import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { policyFileOf } from '../config.js';
import { errorCode } from '../error-code.js';
import { explain } from '../policy/explain.js';
import { parsePolicy, PolicyError } from '../policy/parse.js';
import type { Actor } from '../requests/person.js';
import { noPolicyFile } from '../start-problems.js';
import { ACTIONS, type Action } from '../requests/policy.js';

const fileOr = (named: string | undefined): string => named ?? policyFileOf(process.env);
const WHICH_FILE = 'policy file (default: POLICY_FILE, or ./policy.yml)';

/** `policy check` and `policy explain`. Neither contacts Slack or Onezone. */
export function registerPolicy(program: Command): void {
  const policy = program.command('policy').description('Look at the policy file.');
  policy
    .command('check')
    .description('Say what is wrong with the policy file; exit 1 if anything is.')
    .argument('[file]', WHICH_FILE)
    .action(check);
  policy
    .command('explain')
    .description('Say what a person may do, and which rules say so.')
    .argument('<user>', 'Slack user id, such as U0ADA')
    .argument('<action>', ACTIONS.join(', '))
    .argument('[service]', 'name of a handle service')
    .option('--file <file>', WHICH_FILE)
    .option('--group <id...>', 'Slack user groups that the person is in', [])
    .action(explainTo);
}

function check(named: string | undefined): void {
  const file = fileOr(named);
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
  options: { readonly file?: string; readonly group: readonly string[] },
): void {
  const known = ACTIONS.find((name) => name === action);
  if (known === undefined) {
    process.stderr.write(`There is no action “${action}”. Actions: ${ACTIONS.join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const noId = notAnId(user) ?? options.group.map(notAGroupId).find((words) => words !== null);
  if (noId != null) {
    process.stderr.write(`${noId}\n`);
    process.exitCode = 2;
    return;
  }
  const file = fileOr(options.file);
  try {
    lines(user, known, { service, file, group: options.group }).forEach(say);
  } catch (error) {
    fail(file, error);
  }
}

/** Anybody can take a name, so rules are about ids, and a name would be nobody. */
const notAnId = (user: string): string | null =>
  /^[UW][A-Z0-9]{2,20}$/.test(user)
    ? null
    : `“${user}” is not the id of a Slack user, such as U024BE7LH. In Slack: open the profile, ⋮, Copy member ID.`;

const notAGroupId = (group: string): string | null =>
  /^S[A-Z0-9]{2,20}$/.test(group)
    ? null
    : `“${group}” is not the id of a Slack user group, such as S0604QSJC. It stands in the address of the group’s page.`;

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
  if (errorCode(error) === 'ENOENT') {
    process.stderr.write(`${noPolicyFile(file)}\n`);
    process.exitCode = 1;
    return;
  }
  const problems = error instanceof PolicyError ? error.problems : [String(error)];
  process.stderr.write(`${problems.map((problem) => `${file}:${problem}`).join('\n')}\n`);
  process.exitCode = 1;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
