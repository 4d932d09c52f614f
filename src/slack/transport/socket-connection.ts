import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type App, type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { describeFault } from './fault.js';
import { within } from './within.js';

/** One WebSocket to Slack, from its `hello` to its end. It never reconnects by itself. */
export interface SocketConnection {
  /** Resolves when Slack asks for a new connection, or this one is dead. */
  readonly lost: Promise<void>;
  /** Closes it, waiting at most `ms` for Slack's side. */
  readonly close: (ms: number) => Promise<void>;
}

export interface SocketConnectionOptions {
  /** As its receiver should see it. */
  readonly app: App;
  readonly appToken: string;
  /** Its own object: the SDK writes into it. */
  readonly clientOptions: WebClientOptions;
  readonly boltLogger: BoltLogger;
  readonly log: Logger;
  /** How long without a word from Slack, pongs included, until a connection counts as dead. */
  readonly silenceMs: number;
}

/** Connects, and rejects when there is no `hello` within ten seconds. */
export const openSocketConnection = async (
  options: SocketConnectionOptions,
): Promise<SocketConnection> => {
  const receiver = createReceiver(options);
  const { client } = receiver;
  const end = createEnd();
  intercept(client, options.log, end.reached);
  client.on('disconnected', end.reached);
  const stopWatching = watchSilence(client, options.silenceMs, () => {
    options.log.warn('the connection to Slack has gone silent');
    end.reached();
  });
  void end.lost.then(stopWatching);
  const close = closer(client, options.log);
  try {
    await within(connect(client), 10_000);
  } catch (error) {
    end.reached();
    void close(0);
    throw error;
  }
  return {
    lost: end.lost,
    close: async (ms) => {
      end.reached();
      await close(ms);
    },
  };
};

type Client = SocketModeReceiver['client'];

// The SDK's own reconnecting waits five seconds each time and ends the process when an attempt fails.
const createReceiver = (options: SocketConnectionOptions): SocketModeReceiver => {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: options.boltLogger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: options.clientOptions },
    processEventErrorHandler: ({ error }) => {
      options.log.error({ fault: describeFault(error) }, 'Bolt could not process what Slack sent');
      return Promise.resolve(false);
    },
  });
  receiver.init(options.app);
  return receiver;
};

// It rejects with nothing when the socket closes before the `hello`.
const connect = async (client: Client): Promise<void> => {
  await client.start().catch((error: unknown) => {
    throw error instanceof Error ? error : new Error('the connection closed before it was ready');
  });
};

/**
 * Stands before the SDK's own listener. That one closes at once when Slack asks for a new connection, and answers under way are
 * lost; and it is async, so that its rejection would end the process: an envelope without an inner event is enough.
 */
const intercept = (client: Client, log: Logger, farewell: () => void): void => {
  for (const own of client.listeners('ws_message')) {
    const read: (...message: unknown[]) => unknown = own;
    client.off('ws_message', own);
    client.on('ws_message', (...message: unknown[]) => {
      if (isFarewell(message[0])) {
        farewell();
        return;
      }
      Promise.resolve(read(...message)).catch((error: unknown) => {
        log.warn({ fault: describeFault(error) }, 'Slack sent something that the SDK cannot read');
      });
    });
  }
};

const Frame = z.object({ type: z.literal('disconnect') });

// Short: what else Slack sends is long, and is parsed by the SDK.
const isFarewell = (data: unknown): boolean => {
  if (typeof data !== 'string' || data.length > 1000) return false;
  try {
    return Frame.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
};

const createEnd = () => {
  let reached: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    reached = resolve;
  });
  return { lost, reached };
};

// The SDK pings every 1.7 s, but waits half a minute for the closing handshake of a peer that is gone.
const watchSilence = (client: Client, silenceMs: number, silent: () => void): (() => void) => {
  const pongs = 'undici:websocket:pong';
  const heard = () => {
    timer.refresh();
  };
  const timer = setTimeout(silent, silenceMs);
  subscribe(pongs, heard);
  client.on('ws_message', heard);
  return () => {
    // Before the timer: one that is refreshed runs again even if it was cleared.
    client.off('ws_message', heard);
    unsubscribe(pongs, heard);
    clearTimeout(timer);
  };
};

const closer =
  (client: Client, log: Logger) =>
  async (ms: number): Promise<void> => {
    try {
      await within(client.disconnect(), ms);
    } catch {
      log.info('Slack did not close its side of a connection; it is cut');
      // Told again while it is closing, the SDK destroys the socket.
      await client.disconnect();
    }
  };
