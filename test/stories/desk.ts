import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Bot } from '../../src/bot.js';
import type { Change } from '../../src/changes/change.js';
import type { AuditLine } from '../../src/store/store.js';
import type { ZoneCaveat } from '../../src/sandbox/onezone/state.js';
import { startOnezoneSandbox, type OnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { startSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/server.js';
import { oneEngine } from '../store/databases.js';
import { type Account, openAccount } from './account.js';
import { wordsOf } from './screen.js';
import { startBot } from './start-bot.js';

/** The people of every story. Each has a Onezone user of the same e-mail address, unless a story says otherwise. */
export const PEOPLE = {
  ada: 'U0ADA', // administrator
  cora: 'U0CORA', // curator
  cem: 'U0CEM', // curator
  lena: 'U0LENA', // researcher
  tom: 'U0TOM', // researcher
  gwen: 'U0GWEN', // guest
} as const;
export type Name = keyof typeof PEOPLE;

export const CHANNELS = { team: 'C0TEAM', desk: 'C0DESK', ops: 'C0OPS' } as const;

export const POLICY = `
version: 1
roles:
  admin: { users: [${PEOPLE.ada}] }
  curator: { users: [${PEOPLE.cora}, ${PEOPLE.cem}] }
actions:
  register: { may: [admin, curator], approve: { by: [admin], count: 1, unless: [admin] } }
  grant: { may: [everyone], approve: { by: [curator, admin], count: 1, unless: [curator, admin] } }
  revoke: { may: [curator, admin] }
  extend: { may: [everyone], approve: { by: [curator, admin], count: 1, unless: [curator, admin] } }
  link: { may: [admin, curator] }
grants:
  durations: [90d, 8h, 365d, permanent]
  levels: [use, maintain]
services:
  - match: "ePIC*"
    actions: { grant: { may: [everyone], approve: { by: [curator, admin], count: 2 } } }
accounts:
  datacite-test: { username: "env:DATACITE_USER", password: "env:DATACITE_PASSWORD" }
notify: { grants: ${CHANNELS.team}, approvals: ${CHANNELS.desk}, operators: ${CHANNELS.ops} }
`;

/** Never to be seen anywhere. */
export const CANARIES = {
  registrar: 'canary-registrar-p4ss',
  onezone: 'canary-onezone-p4ss',
} as const;

export interface Desk {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  /** The one that runs now: a restart makes another. */
  readonly bot: Bot;
  readonly datacite: string;
  /** The bot's own user in Onezone. */
  readonly account: Account;
  readonly onezoneIds: Readonly<Record<Name, string>>;
  readonly log: () => string;
  as(name: Name): ReturnType<SlackSandbox['as']>;
  /** Everything that is due is done. */
  works(): Promise<void>;
  /** Time passes, and what is due then is done. */
  passes(ms: number): Promise<void>;
  /** What the story's clock shows, and when it began. */
  now(): Date;
  readonly openedAt: Date;
  /** Where the bot keeps what it knows. */
  readonly databaseUrl: string;
  /** What stands in a channel's messages, but for the daily head of the audit: a day passes in many stories. */
  texts(channel: string): readonly string[];
  /** What the bot wrote to a person. */
  told(name: Name): readonly string[];
  audit(): Promise<readonly AuditLine[]>;
  policy(text: string): Promise<void>;
  /** The bot is told to stop, and starts again on the same database. Needs `lasting` or a `databaseUrl`. */
  restarts(): Promise<void>;
  /** From this moment on the bot can write nothing down, as if it had been killed. */
  dies(): void;
  /** A bot that died starts again on the same database. */
  comesBack(): Promise<void>;
  /** A second bot on the same database. Slack goes on talking to the first until it is told otherwise. */
  replica(): Promise<Bot>;
  /** Slack's next requests go to this bot. */
  talksTo(bot: Bot): void;
  stop(): Promise<void>;
}

export interface DeskOptions {
  readonly policy?: string;
  readonly databaseUrl?: string;
  /** The database is a file, which outlives the bot. */
  readonly lasting?: boolean;
  readonly version?: string;
  readonly model?: 'admin' | 'membership';
  /** What confines the bot's token. */
  readonly caveats?: readonly ZoneCaveat[];
  /** What is done to Onezone before the bot meets it. */
  readonly before?: (zone: OnezoneSandbox) => void;
  /** How far the bot's own clock is ahead of everybody else's. */
  readonly botClockMs?: number;
  /** How long the bot waits for Onezone. */
  readonly onezoneTimeoutMs?: number;
  /** What the desk can change, where a story has a change of its own. */
  readonly changes?: readonly Change[];
  /** What the Slack app's manifest says more than the program's own. */
  readonly manifest?: (manifest: unknown) => unknown;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The real bot in this process, against a small Slack and a small Onezone, with a clock that only a story moves. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  let offset = 0;
  const now = (): Date => new Date(Date.now() + offset);
  const openedAt = now();
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  const policyFile = join(folder, 'policy.yml');
  writeFileSync(policyFile, options.policy ?? POLICY);
  const own: unknown = parse(await readFile('manifest.yml', 'utf8'));
  const manifest = options.manifest?.(own) ?? own;
  const slack = await startSlackSandbox({ manifest, now });
  const zone = await startOnezoneSandbox({
    now,
    ...(options.version === undefined ? {} : { version: options.version }),
  });
  const onezoneIds = populate(slack, zone);
  const account = openAccount(zone, { ...options, password: CANARIES.onezone });
  options.before?.(zone);
  const { handleServiceId: datacite } = zone.addHandleService({
    name: 'DataCite',
    users: account.memberships,
  });
  const database = await databaseOf(options, folder);
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    ONEZONE_URL: zone.url,
    ONEZONE_TOKEN: account.token,
    DATABASE_URL: database.url,
    POLICY_FILE: policyFile,
    HOST: '127.0.0.1',
    PORT: '0',
    OPS_PORT: '0',
    DATACITE_USER: 'mds-user',
    DATACITE_PASSWORD: CANARIES.registrar,
  };
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const start = (): Promise<Bot> =>
    startBot({
      env,
      write,
      now: () => new Date(now().getTime() + (options.botClockMs ?? 0)),
      onezoneTimeoutMs: options.onezoneTimeoutMs,
      changes: options.changes,
    });
  let bot = await start();
  const others: Bot[] = [];
  const talksTo = (it: Bot): void => {
    slack.setRequestUrl(`http://127.0.0.1:${String(it.ports().slack)}/slack/events`);
  };
  talksTo(bot);
  const works = (): Promise<void> => bot.worker.settle();
  const starts = async (): Promise<void> => {
    bot = await start();
    talksTo(bot);
    await works();
  };
  await works();
  return {
    slack,
    zone,
    get bot() {
      return bot;
    },
    datacite,
    account,
    onezoneIds,
    log: () => lines.join(''),
    as: (name) => slack.as(PEOPLE[name]),
    works,
    passes: async (ms) => {
      offset += ms;
      await works();
    },
    now,
    openedAt,
    databaseUrl: env.DATABASE_URL,
    texts: (channel) =>
      slack
        .messages(channel)
        .filter(({ text }) => !/^The audit has \d+ lines?\. Its head is /.test(text))
        .map(wordsOf),
    told: (name) => slack.directMessages(PEOPLE[name]).map(wordsOf),
    audit: () => bot.services.store.audit.read({ after: 0, limit: 1000 }),
    policy: async (text) => {
      writeFileSync(policyFile, text);
      await bot.services.policy.reload();
    },
    restarts: async () => {
      await bot.stop();
      await starts();
    },
    dies: () => {
      others.push(bot);
      void bot.services.store.close();
    },
    comesBack: starts,
    replica: async () => {
      const other = await start();
      others.push(other);
      return other;
    },
    talksTo,
    stop: async () => {
      await bot.stop();
      // What a bot that died still waits for never comes.
      const gone = others.map((it) => it.stop());
      await slack.stop();
      await zone.stop();
      await Promise.all(gone);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With HANDLE_DESK_TEST_ENGINE=PostgreSQL every story happens there, each in a schema of its own. */
async function databaseOf(
  { databaseUrl: given, lasting }: DeskOptions,
  folder: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const drop = (): Promise<void> => Promise.resolve();
  if (given !== undefined) return { url: given, drop };
  const engine = oneEngine();
  if (engine.name === 'PostgreSQL') return engine.create();
  return { url: lasting === true ? `sqlite:${join(folder, 'desk.db')}` : 'sqlite::memory:', drop };
}

function populate(slack: SlackSandbox, zone: OnezoneSandbox): Record<Name, string> {
  const joins = (name: Name): string => {
    const email = `${name}@example.org`;
    slack.addUser({
      id: PEOPLE[name],
      name,
      real_name: name,
      email,
      is_restricted: name === 'gwen',
    });
    return zone.addUser({ username: name, fullName: `${name} of Onezone`, emails: [email] }).userId;
  };
  const members = [slack.state.app.botUserId, ...Object.values(PEOPLE)];
  for (const [name, id] of Object.entries(CHANNELS)) slack.addChannel({ id, name, members });
  return {
    ada: joins('ada'),
    cora: joins('cora'),
    cem: joins('cem'),
    lena: joins('lena'),
    tom: joins('tom'),
    gwen: joins('gwen'),
  };
}
