import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type OnezoneSandbox, startOnezoneSandbox } from '../../../src/sandbox/onezone/server.js';
import { type SlackSandbox, startSlackSandbox } from '../../../src/sandbox/slack/server.js';

export const CHANNELS = { team: 'C0TEAM', desk: 'C0DESK', ops: 'C0OPS' } as const;

/** Ada decides about everything, Cora and Cem about grants; eight researchers ask. */
export const RESEARCHERS = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'] as const;
const NAMES = ['ada', 'cora', 'cem', ...RESEARCHERS];
export type Service = 'DataCite' | 'ePIC' | 'Open';

export const slackIdOf = (name: string): string => `U0${name.toUpperCase()}`;

/** Everything around the bot, on this machine. The bot itself is a process that a test starts, with `env`. */
export interface Town {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  /** Onezone user ids by name. */
  readonly onezone: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<Service, string>>;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const POLICY = `
version: 1
roles:
  admin: { users: [${slackIdOf('ada')}] }
  curator: { users: [${slackIdOf('cora')}, ${slackIdOf('cem')}] }
actions:
  register: { may: [admin, curator], approve: { by: [admin], count: 1, unless: [admin] } }
  grant: { may: [everyone], approve: { by: [curator, admin], count: 1 } }
  extend: { may: [everyone] }
  revoke: { may: [curator, admin] }
grants: { durations: [90d, 365d, permanent], levels: [use, maintain] }
services:
  - { match: "Open", actions: { grant: { may: [everyone] } } }
accounts:
  datacite-test: { username: "env:DATACITE_USER", password: "env:DATACITE_PASSWORD" }
notify: { grants: ${CHANNELS.team}, approvals: ${CHANNELS.desk}, operators: ${CHANNELS.ops} }
identity: { email: trust }
`;

export interface TownOptions {
  readonly databaseUrl?: string;
  readonly socket?: boolean;
}

export async function buildTown(options: TownOptions = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'handle-desk-town-'));
  const policyFile = join(folder, 'policy.yml');
  writeFileSync(policyFile, POLICY);
  const manifest: unknown = parse(await readFile('manifest.yml', 'utf8'));
  const slack = await startSlackSandbox({ manifest });
  const zone = await startOnezoneSandbox();
  const onezone = populate(slack, zone);
  const desk = zone.addUser({ username: 'desk', privileges: 'all' });
  const service = (name: string): string => zone.addHandleService({ name }).handleServiceId;
  return {
    slack,
    zone,
    onezone,
    services: { DataCite: service('DataCite'), ePIC: service('ePIC'), Open: service('Open') },
    folder,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      ...(options.socket === true
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
      SLACK_API_URL: slack.apiUrl,
      ONEZONE_URL: zone.url,
      ONEZONE_TOKEN: zone.mintToken({ userId: desk.userId }),
      DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'desk.db')}`,
      POLICY_FILE: policyFile,
      HOST: '127.0.0.1',
      PORT: '0',
      OPS_PORT: '0',
      DATACITE_USER: 'mds-user',
      DATACITE_PASSWORD: 'mds-password-of-a-test',
    },
    stop: async () => {
      await slack.stop();
      await zone.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** By service and Slack user id: what Onezone holds now. */
export function accessIn({ services, zone, onezone }: Town): Map<string, readonly string[]> {
  const nameOf = (user: string): string =>
    Object.entries(onezone).find(([, id]) => id === user)?.[0] ?? user;
  const access = Object.entries(services).flatMap(([service, id]) =>
    Object.entries(zone.state.handleServices[id]?.users ?? {}).map(
      ([user, privileges]) =>
        [`${service} ${slackIdOf(nameOf(user))}`, [...privileges].sort()] as const,
    ),
  );
  return new Map(access);
}

function populate(slack: SlackSandbox, zone: OnezoneSandbox): Record<string, string> {
  const pairs = NAMES.map((name): [string, string] => {
    const email = `${name}@example.org`;
    slack.addUser({ id: slackIdOf(name), name, real_name: name, email });
    return [name, zone.addUser({ username: name, fullName: name, emails: [email] }).userId];
  });
  const members = [slack.state.app.botUserId, ...NAMES.map(slackIdOf)];
  for (const [name, id] of Object.entries(CHANNELS)) slack.addChannel({ id, name, members });
  return Object.fromEntries(pairs);
}
