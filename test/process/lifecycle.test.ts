import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { command, post } from '../slack-transport/kit/bot.js';
import { build, type Built } from './kit/built.js';
import { type Desk, openDesk, until } from './kit/desk.js';
import { isThere } from './kit/is-there.js';
import { type Program, runProgram, unforeseen } from './kit/program.js';
import { keyOf } from './kit/residents.js';
import { CHANNELS, slackIdOf } from './kit/town.js';
import type { GrantWish } from './kit/wishes.js';

/** Needs nobody's agreement. */
const wish: GrantWish = {
  change: 'grant',
  by: 'p1',
  people: ['p1'],
  service: 'Open',
  level: 'use',
  duration: '90d',
  reason: 'Survey data for my thesis',
};
const put = { method: 'PUT', path: /handle_services/, times: 1 } as const;

let built: Built;
let desk: Desk;
let sockets: Socket[] = [];
/** Processes that nobody else would end. */
let strays: number[] = [];
beforeAll(async () => {
  built = await build('lifecycle');
});
afterAll(() => built.remove());
beforeEach(async () => {
  desk = await openDesk(built);
});
afterEach(async () => {
  for (const it of sockets) it.destroy();
  sockets = [];
  for (const it of strays) process.kill(it, 'SIGKILL');
  strays = [];
  await desk.close();
});

/** What was read back and stored of the access that is wished for. */
async function given(): Promise<readonly string[]> {
  const { services, onezone } = desk.town;
  const access = await desk.store.accesses.load({
    service: services.Open,
    onezone: onezone['p1'] ?? '',
  });
  return access?.claims.map((it) => it.state.kind) ?? [];
}

/** The next process says what the last one did, and calls Onezone no second time. */
async function goesOnWhereItStopped(): Promise<void> {
  const calls = puts();
  await desk.opens();
  await desk.becomes(wish, 'done');
  const announced = () => desk.town.slack.messages(CHANNELS.team);
  await desk.town.slack.until(() => announced().length > 0, 'the announcement', 10_000);
  expect(announced()).toHaveLength(1);
  expect([calls, puts()]).toEqual([1, 1]);
}

const puts = (): number => desk.town.zone.log.filter((it) => it.method === 'PUT').length;

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets running work finish, says that it is not ready, and ends the process with 0',
    async (signal) => {
      const program = await desk.opensInformed();
      desk.town.zone.faults.add({ ...put, kind: 'delay', ms: 1_500 });
      await desk.asks(wish);
      await desk.becomes(wish, 'carrying out');

      program.signal(signal);
      await program.says(/"msg":"stopping"/);
      expect(await ask(`${program.at.ops}/readyz`)).toBe('503 starting or stopping\n');
      expect(await ask(`${program.at.ops}/livez`)).toBe('200 alive\n');

      expect(await program.ended).toBe(0);
      expect(await given()).toEqual(['given']);
      expect(await desk.store.jobs.counts(new Date())).toMatchObject({ running: 0 });
      expect(program.out()).toMatch(/"msg":"stopped"}\n$/);
      expect(unforeseen(program.out() + program.err())).toEqual([]);
      await goesOnWhereItStopped();
    },
    30_000,
  );

  it('that comes twice changes nothing', async () => {
    const program = await desk.opensInformed();
    desk.town.zone.faults.add({ ...put, kind: 'delay', ms: 1_500 });
    await desk.asks(wish);
    await desk.becomes(wish, 'carrying out');

    program.signal('SIGTERM');
    await program.says(/"msg":"stopping"/);
    program.signal('SIGTERM');
    program.signal('SIGINT');

    expect(await program.ended).toBe(0);
    expect(await given()).toEqual(['given']);
    await goesOnWhereItStopped();
  }, 30_000);

  it('ends the process although whoever read its log is gone', async () => {
    const { bot, forget } = await startedBySomebody(built, desk.town.env);
    await until(() => desk.store.services.get(desk.town.services.Open), 'the services');

    forget();
    process.kill(bot, 'SIGTERM');

    strays.push(bot);
    expect(await until(async () => ((await isThere(bot)) ? null : 'gone'), 'the end')).toBe('gone');
    strays.pop();
  }, 30_000);

  it('ends the process within ten seconds although connections stay open and Onezone hangs', async () => {
    const program = await desk.opensInformed();
    await keptAlive(program.at.slack ?? '');
    await keptAlive(program.at.ops);
    desk.town.zone.faults.add({ ...put, kind: 'commit-then-hang' });
    await desk.asks(wish);
    await desk.becomes(wish, 'carrying out');

    program.signal('SIGTERM');

    expect(await within(10_000, program.ended)).toBe(0);
    await desk.opens();
    await desk.becomes(wish, 'done');
    const announced = () => desk.town.slack.messages(CHANNELS.team);
    await desk.town.slack.until(() => announced().length > 0, 'the announcement', 10_000);
    expect(announced()).toHaveLength(1);
  }, 50_000);
});

describe('a start that cannot be', () => {
  const start = (env: Readonly<Record<string, string>>) =>
    runProgram({ cli: built.cli, args: ['start'], env });

  it('says everything that is wrong with the environment by name, and ends with 78', async () => {
    const { code, out, err } = await start({
      SLACK_BOT_TOKEN: 'CANARY-token',
      ONEZONE_URL: 'CANARY url',
      ONEZONE_USERNAME: 'admin',
      PORT: 'CANARY-port',
      LOG_LEVEL: 'CANARY-level',
    });
    expect(err).toBe(`Handle Desk cannot start:
  - SLACK_BOT_TOKEN must be a token that begins with xoxb-
  - SLACK_SIGNING_SECRET is missing (or set SLACK_APP_TOKEN for Socket Mode)
  - ONEZONE_URL must be a URL such as https://host.example.org
  - ONEZONE_PASSWORD is missing
  - PORT must be a port: a number from 0 (any free one) to 65535
  - LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent
`);
    expect(out).toBe('');
    expect(code).toBe(78);
  });

  it('says where the policy is wrong, and ends with 78', async () => {
    const policyFile = join(desk.town.folder, 'bad.yml');
    writeFileSync(
      policyFile,
      'version: 1\nroles: {}\nactions:\n  grant: { may: [nobody-there] }\n',
    );
    const { code, err } = await start({ ...desk.town.env, POLICY_FILE: policyFile });
    expect(err).toContain(`  - ${policyFile}:4:18 actions.grant.may`);
    expect(code).toBe(78);
  });

  it('says that a port is taken, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const words = `Handle Desk cannot start:
  - Port ${port} is taken: something listens there already. End it, or choose another with PORT or OPS_PORT.
`;
    for (const name of ['PORT', 'OPS_PORT']) {
      const { code, err } = await start({ ...desk.town.env, [name]: port });
      expect([code, err]).toEqual([1, words]);
    }
    taken.close();
  });

  it('says that Slack does not accept the token, and ends with 1', async () => {
    const { code, err } = await start({ ...desk.town.env, SLACK_BOT_TOKEN: 'xoxb-of-another' });
    expect(err).toBe(`Handle Desk cannot start:
  - Slack does not accept SLACK_BOT_TOKEN (invalid_auth).
`);
    expect(code).toBe(1);
  });

  it('says that Slack is not there, and ends with 1', async () => {
    const { code, err } = await start({ ...desk.town.env, SLACK_API_URL: 'http://127.0.0.1:9/' });
    expect(err).toMatch(
      /^Handle Desk cannot start:\n {2}- Slack cannot be reached to check SLACK_BOT_TOKEN: .+\n$/,
    );
    expect(code).toBe(1);
  });

  it('says that the database belongs to a newer version, and ends with 1', async () => {
    const file = new Libsql(join(desk.town.folder, 'desk.db'));
    file.exec(`insert into handle_desk_migration values ('0999-of-tomorrow', '2026-01-01')`);
    file.close();
    const { code, err } = await start(desk.town.env);
    expect(err).toBe(`Handle Desk cannot start:
  - This database was used by a newer version of Handle Desk: it has “0999-of-tomorrow”, which this version does not know. Start the newer version, or restore the backup from before the upgrade.
`);
    expect(code).toBe(1);
  });

  it('says that the database is not there, and ends with 1, without its password', async () => {
    const url = 'postgres://desk:CANARY-password@127.0.0.1:9/desk';
    const { code, out, err } = await start({ ...desk.town.env, DATABASE_URL: url });
    expect(err).toBe(`Handle Desk cannot start:
  - The database of DATABASE_URL cannot be reached (ECONNREFUSED).
`);
    expect(out).toBe('');
    expect(code).toBe(1);
  });
});

describe('the process', () => {
  it('starts without Onezone, keeps what is asked, and carries it out when Onezone is there', async () => {
    const before = await desk.opensInformed();
    before.signal('SIGTERM');
    await before.ended;
    desk.town.zone.faults.add({ kind: 'reset-before', times: 1000 });

    const program = await desk.opens();
    expect(await ask(`${program.at.ops}/readyz`)).toMatch(/^200 ready/);
    await desk.asks(wish);
    const told = () => desk.town.slack.directMessages(slackIdOf('p1')).map(whatOf);
    await desk.becomes(wish, 'carrying out');
    await desk.town.slack.until(() => told().includes('kept'), 'word of it', 20_000);

    desk.town.zone.faults.clear();
    await desk.becomes(wish, 'done');
    await desk.town.slack.until(() => told().length === 2, 'how it went', 10_000);
    expect(told()).toEqual(['kept', 'outcome']);
  }, 60_000);

  it('answers its operators', async () => {
    const { at } = await desk.opensInformed();
    expect(await ask(`${at.ops}/livez`)).toBe('200 alive\n');
    expect(await ask(`${at.ops}/readyz`)).toBe('200 ready\n');
    expect(await ask(`${at.ops}/nothing`)).toBe('404 not found\n');
    const metrics = await ask(`${at.ops}/metrics`);
    expect(metrics).toMatch(/^200 /);
    expect(metrics).toMatch(/^handle_desk_jobs\{state="buried"\} 0$/m);
    expect(metrics).toMatch(
      /^handle_desk_onezone_calls_total\{method="GET",route="\/users",status="200"\} \d+$/m,
    );
  });

  it('outlives what nobody should send', async () => {
    const program = await desk.opensInformed();
    const port = Number(new URL(program.at.slack ?? '').port);
    const secret = desk.town.slack.signingSecret;
    const type = 'application/json';
    expect(await post(port, 'null', { type, secret })).toMatchObject({ status: 400 });
    expect(await post(port, '[[[[', { type, secret })).toMatchObject({ status: 400 });
    expect(await post(port, command(), { secret: 'wrong' })).toMatchObject({ status: 401 });
    const huge = await post(port, 'x'.repeat(3_000_000), { secret }).catch(() => 'cut off');
    expect(huge).toEqual(expect.anything());
    for (const at of [program.at.slack ?? '', program.at.ops]) {
      await garbage(at, 'GET / HTTP/9.9\r\n\r\n');
      await garbage(at, '\0\u0001\u0002 not HTTP at all\r\n\r\n');
      await garbage(at, 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{');
    }

    await desk.asks(wish);
    await desk.becomes(wish, 'done');
    expect(program.isRunning()).toBe(true);
    expect(program.out()).not.toMatch(/"level":"(error|fatal)"/);
    expect(program.err()).toBe('');
  }, 30_000);

  it('audits what it did, for a CLI beside it', async () => {
    await desk.opensInformed();
    await desk.asks(wish);
    await desk.becomes(wish, 'done');
    const exported = await runProgram({
      cli: built.cli,
      args: ['audit', 'export'],
      env: desk.town.env,
    });
    const words = exported.out
      .trim()
      .split('\n')
      .map((it) => /"what":"([^"]+)"/.exec(it)?.[1]);
    expect([exported.code, ...words]).toEqual([
      0,
      'asked',
      'started',
      'access changed',
      'carried out',
    ]);
  }, 30_000);
});

/** A parent that reads nothing and is killed, as a log collector may be. */
async function startedBySomebody(
  { cli }: Built,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly bot: number; readonly forget: () => void }> {
  const script = `
    const { spawn } = require('node:child_process');
    const bot = spawn(process.execPath, [${JSON.stringify(cli)}, 'start'], { stdio: 'pipe' });
    process.stdout.write(String(bot.pid));`;
  const parent = spawn(process.execPath, ['-e', script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: unknown[] = await once(parent.stdout, 'data');
  return { bot: Number(String(said[0])), forget: () => void parent.kill('SIGKILL') };
}

/** `kept` of `notify:R-1:kept:U0P1`. */
const whatOf = (message: SlackMessage): string => keyOf(message)?.split(':')[2] ?? message.text;

async function ask(url: string): Promise<string> {
  const answer = await fetch(url);
  return `${String(answer.status)} ${await answer.text()}`;
}

/** A connection that has had its answer and stays. */
async function keptAlive(url: string): Promise<void> {
  const socket = await open(url);
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'data');
}

async function garbage(url: string, text: string): Promise<void> {
  const socket = await open(url);
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}

async function open(url: string): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const within = (ms: number, ended: Program['ended']): Promise<number | string> =>
  Promise.race([ended, pause(ms, 'still running', { ref: false })]);
