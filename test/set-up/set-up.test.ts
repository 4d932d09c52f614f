import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open.js';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { type Program, ready, startProgram } from '../process/kit/program.js';
import { askFor, hasApprove, requestOf } from '../process/kit/residents.js';
import { until } from '../process/kit/desk.js';
import { buildTown, CHANNELS, slackIdOf, type Town } from '../process/kit/town.js';

const PASSWORD = 'canary-password-of-the-account';
const wish = {
  ...({ change: 'grant', by: 'p1', people: ['p1'], service: 'DataCite' } as const),
  ...({ level: 'use', duration: '90d', reason: 'Survey data for my thesis' } as const),
};

let town: Town;
let clone: string;
let bot: Program | null = null;
beforeAll(async () => {
  town = await buildTown({ socket: true });
  clone = mkdtempSync(join(tmpdir(), 'handle-desk-clone-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of files
    .split('\n')
    .filter((it) => /^(src|web|bin|scripts|package|manifest|tsconfig)/.test(it))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(file, join(clone, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(clone, 'node_modules'));
});
afterAll(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended;
  await town.stop();
  rmSync(clone, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Everything that was ever said, to look for secrets. */
const said: string[] = [];

/** A line of the guide, in a shell in the clone. */
function runs(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = {
      cwd: clone,
      env: { PATH: process.env['PATH'], HOME: clone, ...SURROUNDINGS(), ...env },
    };
    execFile('sh', ['-c', line], options, (error, stdout, stderr) => {
      said.push(stdout, stderr);
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, out: stdout + stderr });
    });
  });
}

/** What a test needs and nobody else has to say. */
const SURROUNDINGS = (): Readonly<Record<string, string>> => ({
  SLACK_API_URL: town.slack.apiUrl,
  OPS_PORT: '0',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
});

/** The guide's own commands, in its order. */
const commands = [
  ...readFileSync('docs/guides/set-up.md', 'utf8').matchAll(/^```sh\n([^]*?)```/gm),
].flatMap(([, block = '']) => block.trim().split('\n'));

it('goes from a clone to a first grant, by the commands of the guide and in their order', async () => {
  const { userId } = town.zone.addUser({
    username: 'handle-desk',
    password: PASSWORD,
    basicAuthEnabled: true,
    privileges: privilegesOf('administrator'),
  });
  expect(await runs('npx handle-desk --version')).toEqual({
    code: 1,
    out: 'Handle Desk is not built yet. Next: npm run build\n',
  });
  const codes: Record<string, number> = {};
  for (const line of commands) {
    if (line === 'npm ci') continue;
    if (line === 'npx handle-desk start') {
      await startsInTheClone();
      continue;
    }
    const isInit = line === 'npx handle-desk init';
    const { code, out } = await runs(isInit ? init(line) : line, isInit ? secrets() : {});
    codes[line] = code;
    if (line.endsWith('--version')) expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    if (line.endsWith('--socket')) expect(out).toBe(readFileSync('manifest.socket.yml', 'utf8'));
    if (isInit) {
      expect(out.split('\n')).toEqual([
        expect.stringMatching(/^Slack: handle_desk in the workspace .+\.$/),
        'Onezone 21.02.7: handle-desk, as admin.',
        expect.stringMatching(
          /^The token “handle desk [\d -]+” was made; it can be revoked in Onezone\.$/,
        ),
        'policy.yml is written.',
        '.env is written.',
        'Next: npx handle-desk start, and npx handle-desk doctor beside it.',
        '',
      ]);
      expect(statSync(join(clone, '.env')).mode & 0o777).toBe(0o600);
      const env = readFileSync(join(clone, '.env'), 'utf8');
      expect(env).toMatch(/^ONEZONE_TOKEN=\S{50,}$/m);
      expect(env).not.toContain(PASSWORD);
      const policy = readFileSync(join(clone, 'policy.yml'), 'utf8');
      expect(policy).toContain(`  admin: { users: [${slackIdOf('ada')}] } # ada\n`);
      expect(policy).toContain(
        `  curator: { users: [${slackIdOf('cora')}, ${slackIdOf('cem')}] } # cora, cem\n`,
      );
      expect(policy).toContain(`  approvals: ${CHANNELS.desk} # #desk: requests wait here`);
    }
    if (line.endsWith('doctor')) expect(out).toMatch(/\n1 warning, 19 fine\.\n$/);
  }
  expect(codes).toEqual({
    'npm run build': 0,
    'npx handle-desk --version': 0,
    'npx handle-desk manifest --socket': 0,
    'npx handle-desk init': 0,
    'npx handle-desk policy check': 0,
    'npx handle-desk policy explain U0RESEARCH grant "ePIC prod"': 0,
    // Nobody has a registrar account yet.
    'npx handle-desk doctor': 2,
  });

  await firstGrant();
  expect(Object.values(town.zone.state.tokens).filter((it) => it.userId === userId)).toHaveLength(
    1,
  );
  await canBeRunAgain();

  const env = readFileSync(join(clone, '.env'), 'utf8');
  const token = /^ONEZONE_TOKEN=(.+)$/m.exec(env)?.[1] ?? 'none';
  const everything = said.join('') + (bot?.out() ?? '') + (bot?.err() ?? '');
  for (const secret of [PASSWORD, token, town.slack.botToken, town.slack.appToken]) {
    expect(everything).not.toContain(secret);
  }
}, 120_000);

const init = (line: string): string =>
  `${line} --yes --socket --onezone-url ${town.zone.url} --admin ada@example.org --curator '@cora, cem' ` +
  "--grants '#team' --approvals desk --operators C0OPS";

const secrets = (): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: town.slack.botToken,
  SLACK_APP_TOKEN: town.slack.appToken,
  ONEZONE_USERNAME: 'handle-desk',
  ONEZONE_PASSWORD: PASSWORD,
});

const privilegesOf = (model: string): readonly string[] => {
  const row = readFileSync('docs/guides/set-up.md', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| ${model}`));
  return [...(row ?? '').matchAll(/oz_\w+/g)].map(([name]) => name);
};

async function startsInTheClone(): Promise<void> {
  bot = startProgram({
    cli: join(clone, 'bin', 'handle-desk.js'),
    args: ['start'],
    env: SURROUNDINGS(),
    cwd: clone,
  });
  await ready(bot);
  await bot.says(/Read the directory/);
}

async function firstGrant(): Promise<void> {
  const store = await openStore(`sqlite:${join(clone, 'data', 'handle-desk.db')}`);
  try {
    await until(() => store.services.get(town.services.DataCite), 'the services');
    await askFor({ town, store, isUp: () => true, isOver: () => false }, wish);
    const asked = (): readonly SlackMessage[] =>
      town.slack.messages(CHANNELS.desk).filter(hasApprove);
    await town.slack.until(() => asked().length > 0, 'the approval message', 20_000);
    const [message] = asked();
    if (message === undefined) throw new Error('There is no approval message.');
    await town.slack.as(slackIdOf('cora')).clicks(message, 'request_approve');
    const done = await until(async () => {
      const request = await requestOf(store, wish);
      return request?.status === 'done' ? request : null;
    }, 'the grant');
    expect(done.service?.name).toBe('DataCite');
    const users = town.zone.state.handleServices[town.services.DataCite]?.users ?? {};
    expect(users[town.onezone['p1'] ?? '']).toEqual([
      'handle_service_register_handle',
      'handle_service_view',
    ]);
  } finally {
    await store.close();
  }
}

/** The same answers change nothing; others are shown, and not written without a word. */
async function canBeRunAgain(): Promise<void> {
  const before = ['.env', 'policy.yml'].map((file) => readFileSync(join(clone, file), 'utf8'));
  const same = await runs(init('npx handle-desk init'));
  expect([same.code, same.out.split('\n').slice(2, 4)]).toEqual([
    0,
    ['policy.yml stays as it is.', '.env stays as it is.'],
  ]);
  const other = await runs(
    init('npx handle-desk init').replace('desk --operators', 'team --operators'),
  );
  expect([other.code, other.out.split('\n').slice(2)]).toEqual([
    1,
    [
      'policy.yml is there already. It would change:',
      expect.stringMatching(/^- {3}approvals: C0DESK # #desk: requests wait here/),
      expect.stringMatching(/^\+ {3}approvals: C0TEAM # #team: requests wait here/),
      'Nothing was written. With --overwrite it is.',
      '',
    ],
  ]);
  const wrong = await runs(init('npx handle-desk init').replace('ada@', 'nobody@'));
  expect([wrong.code, wrong.out.split('\n').slice(1)]).toEqual([
    2,
    ['--admin: Nobody is called nobody@example.org.', ''],
  ]);
  expect(['.env', 'policy.yml'].map((file) => readFileSync(join(clone, file), 'utf8'))).toEqual(
    before,
  );
}

/** The program that the story above has built. */
const desk = (line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runs(`node bin/handle-desk.js ${line}`, env);

it('says in words what a command cannot do, and how to do it', async () => {
  expect(await desk('policy check nowhere.yml')).toEqual({
    code: 1,
    out: 'There is no policy file nowhere.yml. Next: npx handle-desk init writes one, or copy policy.example.yml.\n',
  });
  expect(await desk('policy explain @lena grant')).toEqual({
    code: 2,
    out: '“@lena” is not the id of a Slack user, such as U024BE7LH. In Slack: open the profile, ⋮, Copy member ID.\n',
  });
  expect(await desk('policy explain U0LENA grant --group pids')).toEqual({
    code: 2,
    out: '“pids” is not the id of a Slack user group, such as S0604QSJC. It stands in the address of the group’s page.\n',
  });
  expect(await desk('--env nowhere.env doctor')).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^There is no file nowhere\.env\.\n/),
  });
  expect(await desk('manifest --url http://example.org')).toEqual({
    code: 2,
    out: '--url must begin with https:// (http:// only to this host itself)\n',
  });
  expect(await desk('doctor', { ONEZONE_URL: 'nowhere', POLICY_FILE: 'policy.yml' })).toEqual({
    code: 78,
    out: 'ONEZONE_URL must be a URL such as https://host.example.org\n',
  });
  expect(await desk('doctor', { POLICY_FILE: 'nowhere.yml' })).toEqual({
    code: 78,
    out: 'There is no policy file nowhere.yml. Next: npx handle-desk init writes one, or copy policy.example.yml.\n',
  });
  expect(await desk('start', { POLICY_FILE: 'nowhere.yml' })).toEqual({
    code: 78,
    out: 'Handle Desk cannot start:\n  - nowhere.yml:1:1 the file is not there; npx handle-desk init writes one, or copy policy.example.yml\n',
  });
}, 60_000);

it('prints the doctor’s findings as JSON, and makes no database where there is none', async () => {
  const elsewhere = {
    DATABASE_URL: 'sqlite:./elsewhere/desk.db',
    ONEZONE_URL: 'http://127.0.0.1:9',
  };
  const { code, out } = await desk('doctor --json', elsewhere);
  const findings: unknown = JSON.parse(out);
  expect(code).toBe(1);
  expect(findings).toEqual(
    expect.arrayContaining([
      {
        check: 'onezone.reached',
        verdict: 'problem',
        what: 'The desk cannot work with Onezone.',
        why: 'Onezone does not answer.',
        fix: 'Nothing has to be done: it goes on as soon as Onezone answers.',
      },
      {
        check: 'store.database',
        verdict: 'ok',
        what: 'There is no database yet; the first start makes ./elsewhere/desk.db.',
        why: null,
        fix: null,
      },
    ]),
  );
  expect(existsSync(join(clone, 'elsewhere'))).toBe(false);
}, 60_000);

it('looks over HTTP whether it is this bot that answers Slack', async () => {
  const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'another-secret', PORT: '0' };
  const none = await desk('doctor --url http://127.0.0.1:9', http);
  expect(none.out).toContain('WARNING  Nobody answers at http://127.0.0.1:9/slack/events.');
  bot?.signal('SIGTERM');
  await bot?.ended;
  const own = { ...SURROUNDINGS(), ...http, HOST: '127.0.0.1' };
  bot = startProgram({
    cli: join(clone, 'bin', 'handle-desk.js'),
    args: ['start'],
    env: own,
    cwd: clone,
  });
  const { slack } = await ready(bot);
  const at = `doctor --url ${new URL(slack ?? '').origin}`;
  const right = await desk(at, http);
  expect(right.out).toContain(`OK       The bot answers Slack’s question at ${slack ?? ''}.`);
  const wrong = await desk(at, { ...http, SLACK_SIGNING_SECRET: 'not-that-one' });
  expect(wrong.out).toContain(`PROBLEM  Something else than this bot answers at ${slack ?? ''}.`);
}, 60_000);

it('makes a token into a file, never over one that is there, and shows what it would be', async () => {
  const account = {
    ONEZONE_TOKEN: '',
    ONEZONE_USERNAME: 'handle-desk',
    ONEZONE_PASSWORD: PASSWORD,
  };
  expect(await desk('token', account)).toEqual({
    code: 2,
    out: 'Say where the token goes: --into .env, or --out FILE. It is never printed.\n',
  });
  const shown = await desk('token --show', account);
  expect(JSON.parse(shown.out)).toMatchObject([
    { type: 'time' },
    { type: 'interface', interface: 'rest' },
    { type: 'service', whitelist: ['ozw-onezone'] },
    { type: 'api' },
  ]);
  const made = await desk('token --out token --days 30', account);
  expect(made).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^The token “handle desk [\d -]+” was made; it can be revoked in Onezone\.\nIt is in token, for handle-desk as admin, until \d{4}-\d\d-\d\d\.\nNext: restart the desk; handle-desk doctor looks at it\.\n$/,
    ),
  });
  expect(statSync(join(clone, 'token')).mode & 0o777).toBe(0o600);
  expect(await desk('token --out token', account)).toEqual({
    code: 2,
    out: 'There is a token in token already. --overwrite replaces it.\n',
  });
  // The old token still stands in the settings, and is not narrowed: a password makes a new one.
  const { ONEZONE_USERNAME, ONEZONE_PASSWORD } = account;
  expect(await desk('token --into .env', { ONEZONE_USERNAME, ONEZONE_PASSWORD })).toMatchObject({
    code: 2,
  });
  const renewed = await desk('token --into .env --overwrite', {
    ONEZONE_USERNAME,
    ONEZONE_PASSWORD,
  });
  expect(renewed).toMatchObject({ code: 0, out: expect.stringMatching(/^The token “handle desk/) });
  expect(await desk('token --out other --temporary --days 31', account)).toEqual({
    code: 2,
    out: '--days must be a whole number from 1 to 30.\n',
  });
  expect(await desk('token --out other', { ...account, ONEZONE_PASSWORD: 'wrong' })).toEqual({
    code: 1,
    out: 'Onezone does not take the desk’s credentials (badCredentials).\nNext: An operator has to put new credentials in place (npx handle-desk token makes a token) and restart the desk; then it goes on by itself.\n',
  });
  expect(said.join('')).not.toContain(readFileSync(join(clone, 'token'), 'utf8').trim());
}, 60_000);
