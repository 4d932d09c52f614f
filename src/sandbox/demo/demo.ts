import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { type SoleHolder, soleHolder } from '../../store/sole-holder.js';
import type { Store } from '../../store/store.js';
import { type Page, startPage } from '../page/server.js';
import { watchAudit } from './audit-watch.js';
import type { BotProcess } from './bot-process.js';
import { openBrowser } from './open-browser.js';
import { atRest, playOpening } from './opening.js';
import { channels, people } from './people.js';
import { openScene, type Scene } from './scene.js';
import type { Terminal } from './transcript.js';
import { forget, readManifest, startOver, type Worlds } from './worlds.js';

const portNumber = z
  .string()
  .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535, {
    error: '--port has to be a number from 0 to 65535',
  })
  .transform(Number);
const Options = z.object({
  port: portNumber,
  host: z.string(),
  socket: z.boolean().default(false),
  reset: z.boolean().default(false),
  open: z.boolean().default(true),
  folder: z.string().min(1).default('.demo'),
});
type Options = z.infer<typeof Options>;

/** So often is the conversation begun: on a busy machine the bot may miss its own deadlines. */
const MAX_OPENINGS = 3;

/**
 * Starts a small Slack, a small Onezone and the real bot between them, plays a conversation once, and stays until a signal.
 * The page is served only when the conversation is over: nothing changes then but by its visitor.
 */
export async function demo(given: unknown): Promise<void> {
  const options = Options.parse(given);
  const { folder, socket } = options;
  const terminal = terminalOf(process.stdout);
  const { print } = terminal;
  const place = beAlone(folder);
  if (options.reset) forget(folder);
  const manifest = readManifest(dist());
  const running: Running = { scene: null, endPage: null, isEnding: false };
  stopOnSignal(print, async () => {
    running.isEnding = true;
    await running.endPage?.();
    await running.scene?.stop();
    place.release();
  });
  const open = async (): Promise<Scene> => {
    const cli = join(dist(), 'cli.js');
    return (running.scene = await openScene({ folder, socket, manifest, cli }));
  };
  const { worlds, bot, botUrl, store } = await begun(await open(), {
    open,
    options,
    terminal,
    running,
  });
  await atRest(store);
  const { page, stop } = await showPage({ options, worlds, manifest, bot, store });
  running.endPage = stop;
  print(`
  page      ${page.url}
  Slack     ${worlds.slack.apiUrl}
  Onezone   ${worlds.zone.url}
  bot       ${socket ? 'in Socket Mode' : botUrl}
  its log   ${join(folder, 'bot.log')}

Open ${page.url} and be any of them.
Ctrl-C ends it; the next run goes on from here, with --reset it starts over.`);
  if (options.open) openBrowser(page.url);
}

/** What has to be ended. */
interface Running {
  scene: Scene | null;
  endPage: (() => Promise<void>) | null;
  isEnding: boolean;
}

/** The scene with its opening behind it: of an earlier run, or played now. One that went wrong is played again from the start. */
async function begun(
  first: Scene,
  parts: {
    readonly open: () => Promise<Scene>;
    readonly options: Options;
    readonly terminal: Terminal;
    readonly running: Running;
  },
): Promise<Scene> {
  const { open, options, terminal, running } = parts;
  const { print } = terminal;
  if (first.worlds.past === 'lost')
    print(`What the last run left in ${options.folder} cannot be read; this one starts over.\n`);
  print(
    'Handle Desk, the real bot, between a small Slack and a small Onezone. All of it is on this machine.',
  );
  if (first.worlds.past === 'goes on') {
    print('\nEverything is as the last run left it.');
    return first;
  }
  let scene = first;
  for (let opening = 1; ; opening += 1) {
    const why = await playOpening(scene, terminal);
    if (why === null || running.isEnding) return scene;
    await scene.stop();
    startOver(options.folder);
    scene = await open();
    const isLast = opening === MAX_OPENINGS;
    print(`\nThis went wrong (${why}); ${isLast ? 'the page opens without it' : 'once more'}.`);
    if (isLast) return scene;
  }
}

async function showPage(parts: {
  readonly options: Options;
  readonly worlds: Worlds;
  readonly manifest: unknown;
  readonly bot: BotProcess;
  readonly store: Store;
}): Promise<{ readonly page: Page; readonly stop: () => Promise<void> }> {
  const { options, worlds, manifest, bot, store } = parts;
  const { slack, zone } = worlds;
  const audit = watchAudit(store);
  const world = {
    slack,
    zone,
    manifest,
    people,
    channels: Object.values(channels).map(({ id }) => id),
    audit: (after: number) => store.audit.read({ after, limit: 1000 }),
    onAudit: audit.on,
    bot,
  };
  const page = await startPage(world, {
    port: options.port,
    host: options.host,
    key: keyFor(options.host),
    tour: true,
    files: join(dist(), 'sandbox', 'page', 'public'),
  });
  return {
    page,
    stop: async () => {
      await page.stop();
      await audit.stop();
    },
  };
}

/** Two of them would write over each other’s worlds. Whoever drops what is returned is no longer alone. */
function beAlone(folder: string): SoleHolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = soleHolder(`sqlite:${join(folder, 'demo')}`);
  if (place.isSole()) return place;
  throw new Error(`Another demo runs in ${folder}. End it, or choose another place with --folder.`);
}

/** Where the built program lies; it may have been started by a link to it. */
const dist = (): string => dirname(realpathSync(process.argv[1] ?? 'dist/cli.js'));

function terminalOf(out: typeof process.stdout): Terminal {
  return {
    print: (line) => void out.write(`${line}\n`),
    columns: out.isTTY ? out.columns : 80,
    coloured: out.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  };
}

/** Whoever reaches the page can act as everybody in it: from other machines only with this. */
function keyFor(host: string): string | null {
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(host);
  return isLoopback ? null : randomBytes(12).toString('base64url');
}

function stopOnSignal(print: Terminal['print'], stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    print('\nEnding …');
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}
