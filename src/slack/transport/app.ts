import { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from '../../config.js';
import type { Deliveries } from '../../store/store.js';
import type { Withhold } from '../../withhold.js';
import { createBoltLogger } from './bolt-logger.js';
import { interactiveOptions } from './clients.js';
import { createIngress } from './ingress.js';
import type { Door } from './door.js';
import type { Installation } from './installation.js';
import { createHttpIntake, type Intake, type IntakeOptions } from './receiver.js';
import { createSocketIntake } from './socket.js';

export interface SlackApp {
  /** Listeners are registered here, before `start`. Their `client` is the interactive one. */
  readonly app: App;
  /** Throws `SlackStartError` when Slack refuses, or what Node says when the port is taken. */
  readonly start: () => Promise<void>;
  /**
   * Takes nothing new and gives running work so long to finish. The SDK may leave timers of up to 30 s behind when a socket was
   * cut, so the process should be ended and not waited for.
   */
  readonly stop: (options: { readonly deadlineMs: number }) => Promise<void>;
  /** Whether Slack can reach us. */
  readonly healthy: () => boolean;
  /** Where requests come in; null before `start` and in Socket Mode. */
  readonly port: () => number | null;
}

export interface SlackAppOptions {
  readonly config: Pick<Config, 'slack' | 'listen'>;
  readonly installation: Installation;
  readonly deliveries: Pick<Deliveries, 'isFirst'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newSupportId: () => string;
  /** Default: nothing is withheld. */
  readonly withhold?: Withhold;
  /** Default: `openDoor`. */
  readonly door?: Door | undefined;
}

/** Bolt, wired for production: our receiver, our guard, our clients, nothing kept in memory. */
export const createSlackApp = (options: SlackAppOptions): SlackApp => {
  const { config, installation } = options;
  const boltLogger = createBoltLogger(options.log);
  const intake = createIntake({
    config,
    ingress: createIngress(options),
    boltLogger,
    log: options.log,
    now: options.now,
    door: options.door,
  });
  const app = new App({
    receiver: intake,
    token: config.slack.botToken,
    // Both ids given: Bolt need not ask Slack who it is, neither now nor for every event.
    botId: installation.botId,
    botUserId: installation.botUserId,
    tokenVerificationEnabled: false,
    deferInitialization: true,
    convoStore: false,
    logger: boltLogger,
    clientOptions: interactiveOptions(config.slack, boltLogger, options.withhold),
  });
  // Passed on: the guard behind the receiver logs it under a support id, and answers Slack if nobody has.
  app.error((error) => Promise.reject(error));
  return {
    app,
    start: async () => {
      await app.init();
      await intake.start();
    },
    stop: intake.stop,
    healthy: intake.healthy,
    port: intake.port,
  };
};

const createIntake = (options: IntakeOptions): Intake => {
  const { mode } = options.config.slack;
  switch (mode.kind) {
    case 'http':
      return createHttpIntake(options, mode.signingSecret);
    case 'socket':
      return createSocketIntake({ ...options, appToken: mode.appToken });
  }
};
