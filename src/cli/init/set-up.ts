import { SECRETS } from '../../config.js';
import type { Environment } from '../../environment/variables.js';
import { parsePolicy } from '../../policy/parse.js';
import type { Policy } from '../../requests/policy.js';
import { caveatsFor, makeToken, tokenName, tooNarrow } from '../desk-token.js';
import { readIfThere, writeWhole } from '../secret-file.js';
import { differences, withoutSettings, withSettings } from '../settings-file.js';
import { withToken } from '../token.js';
import { type Ask, WrongAnswer } from './ask.js';
import type { Flags } from './flags.js';
import { fits, privilegesToGive } from './in-onezone.js';
import { policyText } from './policy-text.js';
import { askOnezone, type OnezoneAnswers } from './questions-onezone.js';
import { askPolicy, askSlack, type Found } from './questions-slack.js';
import { SETTINGS_TEXT } from './settings-text.js';

const MODES = { settings: 0o600, policy: 0o644 } as const;

/** Asks, shows what would change, writes. Returns the exit code: 1 where something would be replaced and nobody agreed to it. */
export async function setUp(ask: Ask, flags: Flags, env: Environment): Promise<number> {
  const days = daysOf(flags);
  const slack = await askSlack(ask, flags, env);
  const found = await askPolicy(ask, flags, slack.workspace);
  const policy = policyText(found);
  const parsed = parsePolicy(policy);
  for (const warning of parsed.warnings) ask.warn(`policy: ${warning}`);
  const zone = await askOnezone(ask, flags, env);
  try {
    const narrow = tooNarrow(zone.maker.zone, parsed.policy);
    if (narrow !== null) throw new WrongAnswer(narrow);
    const isToBeMade = !fits(parsed.policy, zone.maker.zone);
    const before = readIfThere(flags.settings);
    const settings = { ...slack.settings, ONEZONE_URL: zone.url };
    const kept = isToBeMade ? NEW_TOKEN : zone.token;
    const plan = {
      settings: withToken(
        withSettings(withoutSettings(before ?? SETTINGS_TEXT, SLACK), settings),
        kept,
      ),
      policy,
    };
    if (!(await agreed(ask, flags, plan))) return 1;
    const text = isToBeMade
      ? withToken(plan.settings, await newToken(ask, { policy: parsed.policy, zone, days }))
      : plan.settings;
    writeIfChanged(ask, flags.policy, policy, MODES.policy);
    writeIfChanged(ask, flags.settings, text, MODES.settings);
    leftToDo(ask, [...inviteWords(found), privilegesToGive(parsed.policy, zone.maker.zone)]);
    return 0;
  } finally {
    await zone.maker.close();
  }
}

/** What one way of Slack needs would be the other's mistake, and a secret is given in one way. */
const SLACK = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'].flatMap((name) => [
  name,
  `${name}_FILE`,
]);

/** Stands for a token that is made only when somebody has agreed to the rest. */
const NEW_TOKEN = 'to-be-made';

async function newToken(
  ask: Ask,
  {
    policy,
    zone,
    days,
  }: { readonly policy: Policy; readonly zone: OnezoneAnswers; readonly days: number },
): Promise<string> {
  const now = new Date();
  const caveats = caveatsFor(policy, zone.maker.zone, { days, now });
  const wish = { caveats, name: tokenName(now), temporary: false };
  const { token, how } = await makeToken(zone.maker, zone.credentials, wish);
  ask.say(how);
  return token;
}

interface Plan {
  readonly settings: string;
  readonly policy: string;
}

const isSecret = (name: string): boolean =>
  SECRETS.some((secret) => secret === name) || /PASSWORD|SECRET|TOKEN/.test(name);

/** New files need nobody's agreement; what is there is never replaced silently. */
async function agreed(ask: Ask, flags: Flags, plan: Plan): Promise<boolean> {
  const files = [
    { file: flags.settings, text: plan.settings },
    { file: flags.policy, text: plan.policy },
  ];
  const changed = files.flatMap(({ file, text }) => {
    const before = readIfThere(file);
    const lines = before === null ? [] : differences(before, text, isSecret);
    return lines.length === 0 ? [] : [{ file, lines }];
  });
  if (changed.length === 0) return true;
  for (const { file, lines } of changed) {
    ask.say([`${file} is there already. It would change:`, ...lines].join('\n'));
  }
  if (flags.overwrite === true) return true;
  if (ask.isPerson && (await ask.confirm('Change it?'))) return true;
  ask.warn('Nothing was written. With --overwrite it is.');
  return false;
}

function writeIfChanged(ask: Ask, file: string, text: string, mode: number): void {
  if (readIfThere(file) === text) {
    ask.say(`${file} stays as it is.`);
    return;
  }
  writeWhole(file, text, mode);
  ask.say(`${file} is written.`);
}

const inviteWords = (found: Found): readonly string[] =>
  [found.grants, found.approvals, found.operators].flatMap((channel) =>
    channel === null || channel.member ? [] : [`Type /invite @Handle Desk in #${channel.name}.`],
  );

function leftToDo(ask: Ask, all: readonly (string | null)[]): void {
  const todo = [...new Set(all.filter((words) => words !== null))];
  for (const words of todo) ask.warn(`To do: ${words}`);
  ask.say('Next: npx handle-desk start, and npx handle-desk doctor beside it.');
}

function daysOf({ days: text }: Flags): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days;
  throw new WrongAnswer('--days must be a whole number from 1 to 3650.');
}
