import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { loadOnezone, policyFileOf } from '../config.js';
import { withoutTicks } from '../doctor/screen.js';
import type { Environment } from '../environment/variables.js';
import { OnezoneFailure } from '../onezone/errors.js';
import { openTokenMaker } from '../onezone/new-token.js';
import { outageWords } from '../onezone/outage-words.js';
import { parsePolicy } from '../policy/parse.js';
import { caveatsFor, makeToken, MAX_TEMPORARY_DAYS, tokenName, tooNarrow } from './desk-token.js';
import { failWith } from './fail-with.js';
import { readIfThere, writeWhole } from './secret-file.js';
import { hasSetting, withoutSettings, withSettings } from './settings-file.js';

interface Options {
  readonly days?: string;
  readonly out?: string;
  readonly into?: string;
  readonly temporary?: boolean;
  readonly show?: boolean;
  readonly overwrite?: boolean;
}

const MODE = 0o600;

/** `token`: a token of Onezone that can do what the policy needs, and nothing else. It is never printed. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description(
      'Make or narrow the token for Onezone, from ONEZONE_USERNAME and ONEZONE_PASSWORD, or from ONEZONE_TOKEN.',
    )
    .option('--days <number>', 'how long it is valid')
    .option('--into <file>', 'set ONEZONE_TOKEN in this settings file')
    .option('--out <file>', 'write it into a file of its own, for ONEZONE_TOKEN_FILE')
    .option('--temporary', `a temporary token, of at most ${MAX_TEMPORARY_DAYS} days`)
    .option('--overwrite', 'replace what is there')
    .option('--show', 'print what it would be confined to, and make nothing')
    .action(failWith(run));
}

async function run(options: Options): Promise<void> {
  const days = daysOf(options);
  if (typeof days === 'string') {
    refuse(days);
    return;
  }
  const target = options.into ?? options.out ?? null;
  if (target === null && options.show !== true) {
    refuse('Say where the token goes: --into .env, or --out FILE. It is never printed.');
    return;
  }
  const config = loadOnezone(byPassword(process.env), (path) => readFileSync(path, 'utf8'));
  const { policy } = parsePolicy(readFileSync(policyFileOf(process.env), 'utf8'));
  const now = new Date();
  try {
    const maker = await openTokenMaker(config);
    try {
      const caveats = caveatsFor(policy, maker.zone, { days, now });
      if (options.show === true || target === null) {
        process.stdout.write(`${JSON.stringify(caveats, null, 2)}\n`);
        return;
      }
      const narrow = tooNarrow(maker.zone, policy);
      if (narrow !== null) {
        refuse(narrow);
        return;
      }
      const before = readIfThere(target);
      if (!mayWrite(options, target, before)) return;
      const wish = { caveats, name: tokenName(now), temporary: options.temporary === true };
      const { token, how } = await makeToken(maker, config.credentials, wish);
      const text = options.into === undefined ? `${token}\n` : withToken(before ?? '', token);
      writeWhole(target, text, MODE);
      const until = endOf(maker.zone.token?.expiresAt ?? null, days, now)
        .toISOString()
        .slice(0, 10);
      process.stdout.write(
        `${how}\nIt is in ${target}, for ${maker.zone.me.username ?? maker.zone.me.id} as ${maker.zone.model}, until ${until}.\nNext: restart the desk; handle-desk doctor looks at it.\n`,
      );
    } finally {
      await maker.close();
    }
  } catch (error) {
    if (!(error instanceof OnezoneFailure)) throw error;
    const { why, next } = outageWords(error);
    process.stderr.write(withoutTicks(`${why}\nNext: ${next}\n`));
    process.exitCode = 1;
  }
}

/** Whoever gives a password wants a new token, also where the old one still stands in the settings: that can only be narrowed. */
function byPassword(env: Environment): Environment {
  const isGiven = (name: string): boolean => Boolean(env[name] || env[`${name}_FILE`]);
  return isGiven('ONEZONE_PASSWORD') && Boolean(env['ONEZONE_USERNAME'])
    ? { ...env, ONEZONE_TOKEN: undefined, ONEZONE_TOKEN_FILE: undefined }
    : env;
}

/** A token that is narrowed ends no later than it did. */
function endOf(expiresAt: Date | null, days: number, now: Date): Date {
  const wanted = new Date(now.getTime() + days * 24 * 3_600_000);
  return expiresAt !== null && expiresAt < wanted ? expiresAt : wanted;
}

/** The password has done its duty: a token is what the desk starts with. */
export const withToken = (settings: string, token: string): string =>
  withSettings(
    withoutSettings(settings, [
      'ONEZONE_USERNAME',
      'ONEZONE_PASSWORD',
      'ONEZONE_TOKEN_FILE',
      'ONEZONE_PASSWORD_FILE',
    ]),
    {
      ONEZONE_TOKEN: token,
    },
  );

function mayWrite(options: Options, target: string, before: string | null): boolean {
  const isSet =
    options.into === undefined ? before !== null : hasSetting(before ?? '', 'ONEZONE_TOKEN');
  if (!isSet || options.overwrite === true) return true;
  refuse(`There is a token in ${target} already. --overwrite replaces it.`);
  return false;
}

function daysOf({ days: text, temporary }: Options): number | string {
  const most = temporary === true ? MAX_TEMPORARY_DAYS : 3650;
  const days = text === undefined ? Math.min(365, most) : Number(text);
  return Number.isInteger(days) && days >= 1 && days <= most
    ? days
    : `--days must be a whole number from 1 to ${most}.`;
}

function refuse(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 2;
}
