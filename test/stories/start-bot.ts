import { type Bot, createBot } from '../../src/bot.js';
import type { Change } from '../../src/changes/change.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { createSecrets } from '../../src/secrets.js';

export interface Start {
  readonly env: Readonly<Record<string, string>>;
  /** Where a line of the log goes. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
  readonly onezoneTimeoutMs: number | undefined;
  readonly changes: readonly Change[] | undefined;
}

/** A bot as `main.ts` starts it, but in this process. */
export async function startBot({
  env,
  write,
  now,
  onezoneTimeoutMs,
  changes,
}: Start): Promise<Bot> {
  const loaded = loadConfig(env, () => '');
  const config =
    onezoneTimeoutMs === undefined
      ? loaded
      : { ...loaded, onezone: { ...loaded.onezone, timeoutMs: onezoneTimeoutMs } };
  const secrets = createSecrets(config.secrets);
  const log = createLog({ level: 'debug', secrets, destination: { write } });
  const bot = await createBot({
    config,
    secrets,
    log,
    env,
    now,
    sleep: () => Promise.resolve(),
    ...(changes === undefined ? {} : { changes }),
  });
  await bot.start();
  return bot;
}
