import { pino } from 'pino';
import { createSlackApp } from '../../../src/slack/transport/app.js';
import { createBoltLogger } from '../../../src/slack/transport/bolt-logger.js';
import { createClients } from '../../../src/slack/transport/clients.js';
import { readInstallation } from '../../../src/slack/transport/installation.js';

const { env } = process;

/** A bot that knows one command, told by its parent when to stop. Never calls `process.exit`. */
const main = async (): Promise<void> => {
  const log = pino({ level: 'trace' });
  const slack = {
    botToken: 'xoxb-1',
    mode:
      env['MODE'] === 'socket'
        ? ({ kind: 'socket', appToken: 'xapp-1' } as const)
        : ({ kind: 'http', signingSecret: env['SECRET'] ?? '' } as const),
    apiUrl: env['API_URL'] ?? '',
  };
  const clients = createClients(slack, createBoltLogger(log));
  const bot = createSlackApp({
    config: { slack, listen: { host: '127.0.0.1', port: 0 } },
    installation: await readInstallation(clients.background),
    deliveries: { isFirst: () => Promise.resolve(true) },
    log,
    now: () => new Date(),
    newSupportId: () => 'SUPPORT1',
  });
  bot.app.command('/handle', async ({ ack }) => {
    await ack('pong');
  });
  await bot.start();
  process.send?.(bot.port() ?? 'started');
  process.once('message', () => {
    void bot.stop({ deadlineMs: 5000 }).then(() => {
      process.disconnect();
    });
  });
};

main().catch((error: unknown) => {
  process.send?.(String(error));
  process.disconnect();
});
