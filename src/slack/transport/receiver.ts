import type { Server } from 'node:http';
import { type App, HTTPReceiver, HTTPReceiverDeferredRequestError } from '@slack/bolt';
import type { Logger as BoltLogger, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from '../../config.js';
import { type Connections, createConnections, patience } from '../../connections.js';
import { type Door, openDoor } from './door.js';
import { describeFault } from './fault.js';
import { createGate } from './gate.js';
import type { Ingress } from './ingress.js';
import { within } from './within.js';

/** A way in which Slack reaches us. `Receiver` is what Bolt wants to see of it. */
export interface Intake extends Omit<Receiver, 'start' | 'stop'> {
  readonly start: () => Promise<void>;
  /** Takes nothing new; gives what has come in `deadlineMs` to finish. */
  readonly stop: (options: { readonly deadlineMs: number }) => Promise<void>;
  readonly healthy: () => boolean;
  /** Where it listens, once started; null in Socket Mode. */
  readonly port: () => number | null;
}

export interface IntakeOptions {
  readonly config: Pick<Config, 'slack' | 'listen'>;
  readonly ingress: Ingress;
  readonly boltLogger: BoltLogger;
  readonly log: Logger;
  readonly now: () => Date;
  readonly door?: Door | undefined;
}

const endpoint = '/slack/events';

/** Slack's requests over HTTP, by Bolt's receiver: signed, at most 256 kB, answered in time. */
export const createHttpIntake = (options: IntakeOptions, signingSecret: string): Intake => {
  const door = options.door ?? openDoor;
  const connections = createConnections(door.room, door.dropped);
  const receiver = createReceiver({ ...options, signingSecret, door, hold: connections.hold });
  let server: Server | null = null;
  return {
    init: (app: App) => {
      receiver.init(options.ingress.guard(app));
    },
    start: async () => {
      server = await receiver.start({ ...options.config.listen }, serverOptions);
      connections.watch(server);
    },
    stop: async ({ deadlineMs }) => {
      if (server === null) return;
      const stopping = server;
      server = null;
      await stopServer(stopping, deadlineMs, options.ingress.drain);
    },
    healthy: () => server !== null,
    port: () => portOf(server),
  };
};

// Longer kept alive than a load balancer keeps its side (60 s is common), so that it never reuses a connection we have closed.
const serverOptions = { keepAliveTimeout: 65_000, ...patience };

interface ReceiverOptions extends IntakeOptions {
  readonly signingSecret: string;
  readonly door: Door;
  readonly hold: Connections['hold'];
}

const createReceiver = (options: ReceiverOptions): HTTPReceiver => {
  const { signingSecret, now, log, hold } = options;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [endpoint],
    logger: options.boltLogger,
    unhandledRequestTimeoutMillis: 2500,
    unhandledRequestHandler: ({ response }) => {
      if (response.headersSent) return;
      log.error('a Slack request had no answer in time');
      response.writeHead(200).end();
    },
    dispatchErrorHandler: ({ error, response }) => {
      response.writeHead(error instanceof HTTPReceiverDeferredRequestError ? 404 : 400).end();
    },
    processEventErrorHandler: ({ error, response }) => {
      log.error({ fault: describeFault(error) }, 'Bolt could not process what Slack delivered');
      if (!response.headersSent) response.writeHead(200).end();
      return Promise.resolve(true);
    },
  });
  const gate = { endpoint, signingSecret, now, log, hold, refused: options.door.refused };
  receiver.requestListener = createGate(gate, receiver.requestListener);
  return receiver;
};

// `close` also waits for keep-alive connections, which have nothing more to say; they become idle one by one.
const stopServer = async (
  server: Server,
  deadlineMs: number,
  drain: Ingress['drain'],
): Promise<void> => {
  const began = performance.now();
  const sweeping = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  await within(closed, deadlineMs).catch(() => undefined);
  clearInterval(sweeping);
  await drain(Math.max(0, deadlineMs - (performance.now() - began)));
  server.closeAllConnections();
  await closed;
};

const portOf = (server: Server | null): number | null => {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : null;
};
