import { mkdtempSync, writeFileSync } from 'node:fs';
import { get, request as open } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startOnezoneSandbox, type OnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { startPage, type Page, type PageOptions } from '../../src/sandbox/page/server.js';
import type { EventName } from '../../src/sandbox/page/shown.js';
import { startSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/server.js';
import { type AuditLine } from '../../src/store/store.js';
import { startScriptedBot, type ScriptedBot } from './scripted-bot.js';

const people = [
  { id: 'U0ADA', name: 'ada', role: 'administrator', does: 'registers' },
  { id: 'U0CORA', name: 'cora', role: 'curator', does: 'decides' },
  { id: 'U0LENA', name: 'lena', role: 'researcher', does: 'publishes' },
  { id: 'U0TOM', name: 'tom', role: 'researcher', does: 'helps' },
  { id: 'U0GWEN', name: 'gwen', role: 'guest', does: 'looks' },
] as const;

export interface Stage {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  readonly bot: ScriptedBot;
  readonly page: Page;
  /** What the bot's process was told to do. */
  readonly done: readonly string[];
  /** Puts lines on record, as the bot would. */
  record(...lines: readonly AuditLine[]): void;
  /** The line that is on record is no longer what it was. */
  forge(seq: number, line: AuditLine): void;
  readonly request: (path: string, options?: Asking) => Promise<Reply>;
  /** Does something as a person. */
  act(as: string, what: object): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Both sandboxes and the page, with a bot that says what a test wants. */
export async function startStage(options: Partial<PageOptions> = {}): Promise<Stage> {
  const manifest: unknown = parse(readFileSync('manifest.yml', 'utf8'));
  const slack = await startSlackSandbox({ manifest });
  const zone = await startOnezoneSandbox();
  const bot = await startScriptedBot(slack);
  slack.setRequestUrl(bot.url);
  populate(slack);
  const lines: AuditLine[] = [];
  const done: string[] = [];
  const listeners = new Set<() => void>();
  const stopAll = async (): Promise<void> => {
    await bot.stop();
    await slack.stop();
    await zone.stop();
  };
  const page = await startPage(
    {
      ...{ slack, zone, manifest, people },
      channels: ['C0TEAM', 'C0DESK', 'C0OPS'],
      // Two a page, so that whoever reads must ask again.
      audit: (after) => Promise.resolve(lines.filter((line) => line.seq > after).slice(0, 2)),
      onAudit: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      bot: {
        status: () => (done.at(-1) === 'kill' ? 'stopped' : 'running'),
        kill: () => Promise.resolve(void done.push('kill')),
        start: () => Promise.resolve(void done.push('start')),
        on: () => () => undefined,
      },
    },
    { port: 0, host: '127.0.0.1', key: null, tour: true, files: publicFolder(), ...options },
  ).catch(async (error: unknown) => {
    await stopAll();
    throw error;
  });
  const request = (path: string, asking: Asking = {}) => send(page.port, path, asking);
  return {
    ...{ slack, zone, bot, page, done, request },
    record(...news) {
      lines.push(...news);
      for (const listener of listeners) listener();
    },
    forge(seq, line) {
      lines[seq - 1] = line;
    },
    act: async (as, what) => {
      const { body } = await request('/do/act', post({ as, ...what }));
      const parsed: unknown = JSON.parse(body);
      return parsed;
    },
    async stop() {
      await page.stop();
      await stopAll();
    },
  };
}

/** A POST as the page sends it. */
export const post = (body: object): Asking => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-handle-desk': '1' },
  body: JSON.stringify(body),
});

function populate(slack: SlackSandbox): void {
  for (const { id, name, role } of people) {
    slack.addUser({ id, name, real_name: `Real ${name}`, is_restricted: role === 'guest' });
  }
  const members = [slack.state.app.botUserId, ...people.map((person) => person.id)];
  const staff = members.filter((member) => member !== 'U0GWEN');
  slack.addChannel({ id: 'C0TEAM', name: 'open-data', members });
  slack.addChannel({ id: 'C0DESK', name: 'pid-desk', members: staff });
  slack.addChannel({ id: 'C0OPS', name: 'ops', kind: 'private', members: ['U0ADA'] });
}

function publicFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handle-desk-public-'));
  writeFileSync(join(folder, 'index.html'), '<title>the page</title>');
  return folder;
}

/** Not `fetch`, which sets Host and Origin by itself. */
function send(port: number, path: string, asking: Asking): Promise<Reply> {
  const { method = 'GET', headers = {}, body } = asking;
  return new Promise((resolve, reject) => {
    const sent = open(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export interface Screen {
  /** What this event last said, as it came over the wire. */
  said(name: EventName): string;
  /** Resolves when it says so; asks after every event. */
  until(name: EventName, condition: (json: string) => boolean): Promise<string>;
  /** Everything that ever came. */
  readonly all: () => string;
  close(): void;
}

/** Watches the page's stream as one of the people. */
export async function watch(stage: Stage, as: string): Promise<Screen> {
  const latest = new Map<string, string>();
  const waiting = new Set<() => void>();
  let all = '';
  let rest = '';
  const request = get({
    host: '127.0.0.1',
    port: stage.page.port,
    path: `/live?as=${as}`,
    agent: false,
  });
  request.on('response', (response) => {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      all += chunk;
      const [last = '', ...whole] = (rest + chunk).split('\n\n').reverse();
      rest = last;
      for (const event of whole.reverse()) {
        const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
        latest.set(name, data);
      }
      for (const ask of [...waiting]) ask();
    });
  });
  request.on('error', () => undefined);
  const screen: Screen = {
    all: () => all,
    said: (name) => latest.get(name) ?? '',
    until: (name, condition) =>
      new Promise((resolve) => {
        const ask = () => {
          const json = latest.get(name);
          if (json === undefined || !condition(json)) return;
          waiting.delete(ask);
          resolve(json);
        };
        waiting.add(ask);
        ask();
      }),
    close: () => void request.destroy(),
  };
  await screen.until('tour', () => true);
  return screen;
}
