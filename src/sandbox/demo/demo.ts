import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { openStore } from '../../store/open.js';
import { type SoleHolder, soleHolder } from '../../store/sole-holder.js';
import type { Store } from '../../store/store.js';
import { type Page, startPage } from '../page/server.js';
import { watchAudit } from './audit-watch.js';
import { botEnvironment } from './bot-environment.js';
import { type BotProcess, createBotProcess } from './bot-process.js';
import { playConversation } from './conversation.js';
import { openBrowser } from './open-browser.js';
import { channels, people } from './people.js';
import { createTranscript, type Terminal } from './transcript.js';
import { databaseIn, forget, openWorlds, readManifest, type Worlds } from './worlds.js';

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

/** Starts a small Slack, a small Onezone and the real bot between them, plays a conversation once, and stays until a signal. */
export async function demo(given: unknown): Promise<void> {
  const options = Options.parse(given);
  const { folder } = options;
  const terminal = terminalOf(process.stdout);
  const { print } = terminal;
  const place = beAlone(folder);
  if (options.reset) forget(folder);
  const manifest = readManifest(dist());
  const worlds = await openWorlds(folder, manifest);
  if (worlds.past === 'lost')
    print(`What the last run left in ${folder} cannot be read; this one starts over.\n`);
  const { env, url } = await botEnvironment(worlds, options);
  worlds.slack.setRequestUrl(options.socket ? null : url);
  const bot = createBotProcess({ cli: join(dist(), 'cli.js'), env, folder });
  await bot.start();
  const store = await openStore(databaseIn(folder));
  const { page, stop } = await openPage({ options, worlds, manifest, bot, store });
  stopOnSignal(print, async () => {
    await stop();
    place.release();
  });
  const { slack, zone } = worlds;
  print(`Handle Desk, the real bot, between a small Slack and a small Onezone. All of it is on this machine.

  page      ${page.url}
  Slack     ${slack.apiUrl}
  Onezone   ${zone.url}
  bot       ${options.socket ? 'in Socket Mode' : url}
  its log   ${join(folder, 'bot.log')}`);
  if (options.open) openBrowser(page.url);
  if (worlds.past === 'goes on') print('\nEverything is as the last run left it.');
  else {
    await play(worlds, store, terminal);
    await page.begin();
  }
  print(
    `\nOpen ${page.url} and be any of them.\nCtrl-C ends it; the next run goes on from here, with --reset it starts over.`,
  );
}

async function openPage(parts: {
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
      await bot.stop();
      await store.close();
      await worlds.close();
    },
  };
}

/** What goes wrong in the conversation ends the conversation, not the demo. */
async function play(worlds: Worlds, store: Store, terminal: Terminal): Promise<void> {
  try {
    await informed(store, worlds);
    await playConversation({ ...worlds, transcript: createTranscript(terminal) });
  } catch (error) {
    worlds.zone.faults.clear();
    terminal.print(
      `\nThe conversation ends here: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** Until the bot has read the zone, nobody can choose a service or be recognised. */
async function informed({ services, directory }: Store, { zone }: Worlds): Promise<void> {
  const ids = Object.keys(zone.state.handleServices);
  for (let tries = 0; tries < 300; tries += 1) {
    const known = await Promise.all(ids.map((id) => services.get(id)));
    const { completeAt } = await directory.state();
    if (known.every((one) => one !== null) && completeAt !== null) return;
    await pause(100);
  }
  throw new Error('the bot has not read Onezone');
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
