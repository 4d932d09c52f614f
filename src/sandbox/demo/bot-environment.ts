import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OnezoneSandbox } from '../onezone/server.js';
import type { SlackSandbox } from '../slack/server.js';
import { freePort } from './free-port.js';
import { earlierPolicy, policy } from './policy.js';
import { deskToken } from './seed.js';
import { databaseIn } from './worlds.js';

/** What the real bot is started with: the same settings as in production, with both ends on this machine. */
export async function botEnvironment(
  { slack, zone }: { readonly slack: SlackSandbox; readonly zone: OnezoneSandbox },
  options: { readonly folder: string; readonly socket: boolean },
): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
}> {
  const { folder, socket } = options;
  const policyFile = join(folder, 'policy.yml');
  // One that a visitor has changed stays.
  if (!existsSync(policyFile) || readFileSync(policyFile, 'utf8') === earlierPolicy) {
    writeFileSync(policyFile, policy, { mode: 0o600 });
  }
  const port = await freePort();
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(socket
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    ONEZONE_URL: zone.url,
    ONEZONE_TOKEN: deskToken(zone),
    DATABASE_URL: databaseIn(folder),
    POLICY_FILE: policyFile,
    HOST: '127.0.0.1',
    PORT: String(port),
    OPS_PORT: String(await freePort()),
    DATACITE_USER: 'demo.datacite',
    DATACITE_PASSWORD: randomBytes(12).toString('hex'),
    EPIC_USER: 'demo.epic',
    EPIC_PASSWORD: randomBytes(12).toString('hex'),
  };
  return { env, url: `http://127.0.0.1:${String(port)}/slack/events` };
}
