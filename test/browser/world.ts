import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../../src/sandbox/demo/free-port.js';
import { channels, people } from '../../src/sandbox/demo/people.js';
import { policy } from '../../src/sandbox/demo/policy.js';
import { deskToken, seed } from '../../src/sandbox/demo/seed.js';
import { startOnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { startPage, type Page, type World } from '../../src/sandbox/page/server.js';
import { startSlackSandbox } from '../../src/sandbox/slack/server.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { built } from './built.js';

export interface TestWorld extends World {
  readonly page: Page;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly key?: string | null;
  readonly tour?: boolean;
  readonly port?: number;
}

/** How often the audit of the other process is looked at; the page does it so too. */
const AUDIT_POLL_MS = 50;

/** Both sandboxes, the real bot as a process of its own, and the page. */
export async function startWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const { bot: program, page: files } = await built();
  const folder = mkdtempSync(join(tmpdir(), 'handle-desk-page-'));
  const manifest: unknown = parse(readFileSync('manifest.yml', 'utf8'));
  const slack = await startSlackSandbox({ manifest });
  const zone = await startOnezoneSandbox();
  seed(slack, zone);
  const policyFile = join(folder, 'policy.yml');
  writeFileSync(policyFile, policy);
  const databaseUrl = `sqlite:${join(folder, 'desk.db')}`;
  const port = await freePort();
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  const bot = childBot(program, {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    ONEZONE_URL: zone.url,
    ONEZONE_TOKEN: deskToken(zone),
    DATABASE_URL: databaseUrl,
    POLICY_FILE: policyFile,
    HOST: '127.0.0.1',
    PORT: String(port),
    OPS_PORT: String(await freePort()),
    DATACITE_USER: 'demo.datacite',
    DATACITE_PASSWORD: 'CANARY-datacite-password',
    EPIC_USER: 'demo.epic',
    EPIC_PASSWORD: 'CANARY-epic-password',
  });
  await bot.start();
  const store = await openStore(databaseUrl);
  const audit = watch(store);
  const world: World = {
    slack,
    zone,
    manifest,
    people,
    channels: Object.values(channels).map((channel) => channel.id),
    audit: (after) => store.audit.read({ after, limit: 1000 }),
    onAudit: audit.on,
    bot,
  };
  const page = await startPage(world, {
    port: options.port ?? 0,
    host: '127.0.0.1',
    key: options.key ?? null,
    tour: options.tour ?? true,
    files,
  });
  return {
    ...world,
    page,
    async stop() {
      await page.stop();
      audit.stop();
      await bot.kill();
      await store.close();
      await slack.stop();
      await zone.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function watch(store: Store) {
  const listeners = new Set<() => void>();
  let seen = 0;
  const timer = setInterval(() => {
    void store.audit.latest(1).then(([line]) => {
      if (line === undefined || line.seq === seen) return;
      seen = line.seq;
      for (const listener of listeners) listener();
    });
  }, AUDIT_POLL_MS);
  return {
    on: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      clearInterval(timer);
    },
  };
}

/** The bot itself; it is killed as a power cut would. */
function childBot(program: string, env: Readonly<Record<string, string>>): World['bot'] {
  const listeners = new Set<() => void>();
  let child: ChildProcess | null = null;
  let status: ReturnType<World['bot']['status']> = 'stopped';
  const become = (next: typeof status): void => {
    status = next;
    for (const listener of listeners) listener();
  };
  return {
    status: () => status,
    async start() {
      if (child !== null) return;
      become('starting');
      const started = spawn(process.execPath, [program], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      started.once('exit', () => {
        child = null;
        become('stopped');
      });
      await ready(started);
      become('running');
    },
    async kill() {
      if (child === null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => {
      reject(new Error(`The bot ended with ${String(code)}: ${output.slice(-2000)}`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"msg":"ready"')) resolve();
      if (process.env['BOT_LOG'] !== undefined) process.stderr.write(chunk);
    });
  });
}
