import { App, HTTPReceiver, LogLevel, SocketModeReceiver, type Logger } from '@slack/bolt';
import {
  startSlackSandbox,
  type SlackSandbox,
  type SlackSandboxOptions,
} from '../../../src/sandbox/slack/server.js';

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export interface Running {
  readonly slack: SlackSandbox;
  readonly app: App;
  /** Ids of people and channels that are always there. */
  readonly lena: string;
  readonly omar: string;
  readonly general: string;
  stop(): Promise<void>;
}

/** A sandbox with two people, and a small real bot that answers over HTTP. */
export async function withHttpBot(
  listen: (app: App) => void,
  options: SlackSandboxOptions = {},
): Promise<Running> {
  const slack = await startSlackSandbox(options);
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logger: silent,
    unhandledRequestTimeoutMillis: 500,
  });
  const app = appOf(slack, receiver);
  listen(app);
  await app.init();
  const server = await receiver.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
  return {
    ...people(slack),
    slack,
    app,
    async stop() {
      server.closeAllConnections();
      await receiver.stop();
      await slack.stop();
    },
  };
}

/** The same over Socket Mode. */
export async function withSocketBot(
  listen: (app: App) => void,
  options: SlackSandboxOptions = {},
): Promise<Running> {
  const slack = await startSlackSandbox(options);
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    clientPingTimeout: 500,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  receiver.client.on('error', () => undefined);
  const app = appOf(slack, receiver);
  listen(app);
  await app.init();
  await app.start();
  return {
    ...people(slack),
    slack,
    app,
    async stop() {
      await receiver.client.disconnect();
      await slack.stop();
    },
  };
}

function appOf(slack: SlackSandbox, receiver: HTTPReceiver | SocketModeReceiver): App {
  return new App({
    token: slack.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    deferInitialization: true,
    clientOptions: {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
}

function people(slack: SlackSandbox) {
  const lena = slack.addUser({ name: 'lena', real_name: 'Lena Nowak' }).id;
  const omar = slack.addUser({ name: 'omar' }).id;
  const { botUserId } = slack.state.app;
  const general = slack.addChannel({ name: 'general', members: [lena, omar, botUserId] }).id;
  return { lena, omar, general };
}
