import { openStore } from '../../store/open.js';
import type { Store } from '../../store/store.js';
import { botEnvironment } from './bot-environment.js';
import { type BotProcess, createBotProcess } from './bot-process.js';
import { databaseIn, openWorlds, type Worlds } from './worlds.js';

/** Both worlds, and the real bot at work between them. */
export interface Scene {
  readonly worlds: Worlds;
  readonly bot: BotProcess;
  /** Where the bot listens to Slack. */
  readonly botUrl: string;
  /** The bot's own database, to look into. */
  readonly store: Store;
  readonly stop: () => Promise<void>;
}

export async function openScene(how: {
  readonly folder: string;
  readonly socket: boolean;
  readonly manifest: unknown;
  /** The built program. */
  readonly cli: string;
}): Promise<Scene> {
  const { folder, socket, manifest, cli } = how;
  const worlds = await openWorlds(folder, manifest);
  const { env, url } = await botEnvironment(worlds, { folder, socket });
  worlds.slack.setRequestUrl(socket ? null : url);
  const bot = createBotProcess({ cli, env, folder });
  await bot.start();
  const store = await openStore(databaseIn(folder));
  return {
    ...{ worlds, bot, store, botUrl: url },
    stop: async () => {
      await bot.stop();
      await store.close();
      await worlds.close();
    },
  };
}
