import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { openStore } from '../../store/open.js';
import { type OnezoneSandbox, startOnezoneSandbox } from '../onezone/server.js';
import { zoneStateSchema } from '../onezone/state.js';
import { type SlackSandbox, type SlackState, startSlackSandbox } from '../slack/server.js';
import { keepSaved, readSaved } from './saved-state.js';
import { seed } from './seed.js';

/** A small Slack and a small Onezone. */
export interface Worlds {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  /** `goes on` where the last run ended, `first` day, or `lost`: what the last run left cannot be read. */
  readonly past: 'goes on' | 'first' | 'lost';
  /** Writes both down and ends them. */
  readonly close: () => Promise<void>;
}

/** Only what this program wrote itself is ever read here. */
const savedSlack = z.custom<SlackState>(
  (state) =>
    typeof state === 'object' && state !== null && 'messages' in state && 'stacks' in state,
);

/** Both worlds as the last run left them; without either of them, or the bot's memory of them, on their first day. */
export async function openWorlds(folder: string, manifest: unknown): Promise<Worlds> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = { slack: join(folder, 'slack.json'), zone: join(folder, 'zone.json') };
  const slackState = readSaved(files.slack, savedSlack);
  const zoneState = readSaved(files.zone, zoneStateSchema);
  const whole =
    typeof slackState !== 'string' && typeof zoneState !== 'string' && (await hasDesk(folder));
  const [slack, zone] = await Promise.all([
    startSlackSandbox({ manifest, ...(whole ? { state: slackState } : {}) }),
    startOnezoneSandbox(whole ? { state: zoneState } : {}),
  ]);
  // An outage that a visitor left behind would last unseen: every switch of the page is off again.
  if (whole) zone.setBreaker(false);
  else {
    forgetDesk(folder);
    seed(slack, zone);
  }
  const saves = [
    keepSaved(files.slack, slack.state, (listener) => slack.on(listener)),
    keepSaved(files.zone, zone.state, zone.on),
  ];
  const isFirst = slackState === 'none' && zoneState === 'none';
  return {
    slack,
    zone,
    past: whole ? 'goes on' : isFirst ? 'first' : 'lost',
    close: async () => {
      for (const save of saves) save();
      await slack.stop();
      await zone.stop();
    },
  };
}

export const databaseIn = (folder: string): string => `sqlite:${join(folder, 'desk.db')}`;

/** Everything that a demo writes, and nothing else that may lie there. */
export function forget(folder: string): void {
  forgetDesk(folder);
  for (const name of ['slack.json', 'zone.json', 'policy.yml', 'bot.log']) {
    rmSync(join(folder, name), { force: true });
  }
}

/** The next worlds are on their first day. What a visitor may have written, the policy, stays. */
export function startOver(folder: string): void {
  for (const name of ['slack.json', 'zone.json']) rmSync(join(folder, name), { force: true });
}

async function hasDesk(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'desk.db'))) return false;
  try {
    await (await openStore(databaseIn(folder))).close();
    return true;
  } catch {
    return false;
  }
}

/** The bot must not remember what its worlds have forgotten. */
function forgetDesk(folder: string): void {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(join(folder, `desk.db${end}`), { force: true });
  }
}

/** The manifest lies beside the built program, or where it is developed, in the working directory. */
export function readManifest(dist: string): unknown {
  const file = [join(dist, '..', 'manifest.yml'), 'manifest.yml'].find((path) => existsSync(path));
  if (file === undefined) throw new Error('manifest.yml is missing: is the program complete?');
  return parse(readFileSync(file, 'utf8'));
}
