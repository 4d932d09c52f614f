import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { earlierPolicy, policy } from '../../src/sandbox/demo/policy.js';
import { eventSchemas } from '../../src/sandbox/page/shown.js';
import { build, type Built } from './kit/built.js';
import { until } from './kit/desk.js';
import { isThere } from './kit/is-there.js';
import { type Program, runProgram, startProgram, unforeseen } from './kit/program.js';

let built: Built;
let folder: string;
let programs: Program[] = [];
beforeAll(async () => {
  built = await build('demo');
});
afterAll(() => built.remove());
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'handle-desk-demo-')), 'made');
});
afterEach(async () => {
  for (const it of programs) it.signal('SIGTERM');
  await Promise.all(programs.map((it) => it.ended));
  programs = [];
  rmSync(dirname(folder), { recursive: true, force: true });
}, 20_000);

function started(...more: readonly string[]): Program {
  const args = ['demo', '--no-open', '--folder', folder, '--port', '0', ...more];
  const program = startProgram({ cli: built.cli, args });
  programs.push(program);
  return program;
}

/** A demo that has said all it says by itself. */
async function played(...more: readonly string[]): Promise<Program> {
  const program = started(...more);
  await program.says(/Ctrl-C ends it/, 40_000);
  return program;
}

async function ended(program: Program): Promise<number | string> {
  program.signal('SIGINT');
  return program.ended;
}

const botLog = (): string => readFileSync(join(folder, 'bot.log'), 'utf8');
const botPid = (): number => Number(/"pid":(\d+)/.exec(botLog())?.[1]);

/** What the page shows at first: the conversation is over, Onezone answers, nothing is unread, and nothing more comes by itself. */
async function isAtRest(program: Program): Promise<void> {
  const url = (what: string) =>
    new RegExp(`^ {2}${what} +(http\\S+)$`, 'm').exec(program.out())?.[1];
  const answer = await fetch(`${String(url('Onezone'))}/api/v3/onezone/configuration`);
  expect(answer.status).toBe(200);
  const screen = await fetch(`${String(url('page'))}live`);
  const events = await firstEvents(screen);
  const { slack, faults, tour } = atFirst.parse(events);
  expect(Object.values(slack.unread)).toEqual([0, 0, 0, 0, 0]);
  expect(slack.modals).toEqual([]);
  expect(faults).toEqual({
    on: { down: false, slow: false, lost: false, breaker: false, limited: false },
    bot: 'running',
  });
  expect(tour.at).toBe(0);
  expect(events['audit']).not.toContain('"what":"fault"');
}

const fromJson = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
const atFirst = z.object({
  slack: fromJson(eventSchemas.slack),
  faults: fromJson(eventSchemas.faults),
  tour: fromJson(eventSchemas.tour),
});

/** Every event once, by its name: `tour` is the last of them. */
async function firstEvents(stream: Response): Promise<Readonly<Record<string, string>>> {
  let text = '';
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!/^event: tour\ndata: .*\n\n/m.test(text)) {
    const { done = true, value = '' } = (await reader?.read()) ?? {};
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return Object.fromEntries(
    [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name = '', data = '']) => [
      name,
      data,
    ]),
  );
}

/** What differs from run to run: ids, addresses and moments. */
function steady(text: string): string {
  return (
    text
      .replaceAll(folder, 'FOLDER')
      .replace(/\b[0-9a-f]{32}(ch[0-9a-f]{4})?\b/g, 'ID')
      .replace(/\b[0-9a-f]{6,8}…/g, 'ID…')
      .replace(/\bR-[0-9A-HJKMNP-TV-Z]{8}\b/g, 'R-REQUEST')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replace(/\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d/g, 'MOMENT')
      // Where a line breaks depends on how long moments and ports are.
      .replace(/\n {2}(?!page |Slack |Onezone |bot |its log |(?:GET|PUT|POST) …)(?=\S)/g, ' ')
      .trim()
  );
}

describe('the demo', () => {
  it('plays a conversation, stays until Ctrl-C, and the next run goes on from there', async () => {
    const first = await played();
    expect(steady(first.out())).toMatchSnapshot();
    await isAtRest(first);
    const bot = botPid();
    expect(await isThere(bot)).toBe(true);
    const beside = started();
    expect(await beside.ended).toBe(1);
    expect(beside.err()).toBe(
      `The demo cannot start: Another demo runs in ${folder}. End it, or choose another place with --folder.\n`,
    );

    expect(await ended(first)).toBe(0);
    expect(await isThere(bot)).toBe(false);
    expect([first.err(), unforeseen(botLog())]).toEqual(['', []]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const open = readdirSync(folder).filter(
      (name) => (statSync(join(folder, name)).mode & 0o777) !== 0o600,
    );
    expect(open).toEqual([]);

    writeFileSync(join(folder, 'policy.yml'), earlierPolicy);
    const zoneFile = join(folder, 'zone.json');
    const zone = readFileSync(zoneFile, 'utf8');
    expect(zone).toContain('"breakerOpen":false');
    writeFileSync(zoneFile, zone.replace('"breakerOpen":false', '"breakerOpen":true'));
    const second = await played();
    await isAtRest(second);
    expect(second.out()).toContain('\n\nEverything is as the last run left it.\n\n');
    expect(second.out()).not.toContain('lena in #open-data');
    expect(await ended(second)).toBe(0);
    expect(readFileSync(join(folder, 'policy.yml'), 'utf8')).toBe(policy);

    writeFileSync(join(folder, 'thesis.tex'), 'is not ours');
    await started('--reset').says(/^lena in #open-data$/m, 40_000);
    expect(existsSync(join(folder, 'thesis.tex'))).toBe(true);
  }, 90_000);

  it('speaks Socket Mode when it is told to, and takes its bot with it when it is killed', async () => {
    const program = await played('--socket');
    expect(program.out()).toContain('  bot       in Socket Mode\n');
    expect(program.out()).toContain('@tom can use ePIC Göttingen until');
    expect(botLog()).toContain('"msg":"connected to Slack"');
    const bot = botPid();

    program.signal('SIGKILL');

    expect(await until(async () => ((await isThere(bot)) ? null : 'gone'), 'the end')).toBe('gone');
  }, 60_000);

  it('starts over, and says so, when what the last run left cannot be read', async () => {
    const before = started();
    await before.says(/^lena in #open-data$/m, 40_000);
    await ended(before);
    for (const name of ['slack.json', 'zone.json', 'desk.db']) {
      writeFileSync(join(folder, name), 'not what it was');
      for (const end of ['-wal', '-shm']) rmSync(join(folder, `desk.db${end}`), { force: true });
      const program = started();
      await program.says(/^lena in #open-data$/m, 40_000);
      const words = `What the last run left in ${folder} cannot be read; this one starts over.\n\n`;
      expect(program.out().slice(0, words.length)).toBe(words);
      expect(await ended(program)).toBe(0);
    }
  }, 90_000);

  it('plays its conversation once more when something went wrong in it, and opens at rest', async () => {
    const program = started();
    await program.says(/^lena in #open-data$/m, 40_000);
    process.kill(botPid(), 'SIGKILL');
    await program.says(/Ctrl-C ends it/, 60_000);
    expect(program.out().match(/^This went wrong \(.*\); once more\.$/gm)).toHaveLength(1);
    expect(program.out().match(/^lena in #open-data$/gm)).toHaveLength(2);
    await isAtRest(program);
    expect(await ended(program)).toBe(0);
  }, 90_000);

  it('takes the next port when one is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const program = started('--port', String(port));
    await program.says(/^ {2}page {6}http/m, 40_000);
    taken.close();

    const chosen = Number(/page {6}http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(program.out())?.[1]);
    expect(chosen).toBeGreaterThan(port);
    expect(chosen).toBeLessThan(port + 20);
  }, 60_000);

  it('says what is wrong with its options', async () => {
    const { code, err } = await runProgram({ cli: built.cli, args: ['demo', '--port', '99999'] });
    expect([code, err]).toEqual([
      1,
      'The demo cannot start: --port has to be a number from 0 to 65535\n',
    ]);
  });
});
