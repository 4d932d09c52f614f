import type { App } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import { socketOptions } from './clients.js';
import { describeFault, slackCode } from './fault.js';
import { SlackStartError } from './installation.js';
import type { Intake, IntakeOptions } from './receiver.js';
import { openSocketConnection, type SocketConnection } from './socket-connection.js';

export interface SocketIntakeOptions extends IntakeOptions {
  readonly appToken: string;
  /** How long to wait after so many failures in a row. */
  readonly backOffMs?: (failures: number) => number;
  readonly silenceMs?: number;
}

/**
 * Slack's messages over a WebSocket that we open. When Slack asks for another, the other is opened at once and the old one closes
 * beside it. A connection that cannot be had is tried again for ever, and the bot says that it is not healthy.
 */
export const createSocketIntake = (options: SocketIntakeOptions): Intake => {
  const { log } = options;
  const stop = new AbortController();
  let guarded: App | null = null;
  let current: SocketConnection | null = null;
  // In a row. Slack ends some connections as soon as they are there: Socket Mode switched off, too many of them.
  let shortLived = 0;

  const open = async (): Promise<void> => {
    if (guarded === null) throw new Error('the socket has no app');
    const opened = await openSocketConnection(connectionOptions(options, guarded));
    if (stop.signal.aborted) return opened.close(0);
    current = opened;
    const since = performance.now();
    log.info('connected to Slack');
    void opened.lost.then(() => {
      if (current !== opened) return;
      current = null;
      shortLived = performance.now() - since < 10_000 ? shortLived + 1 : 0;
      void keepTrying(Math.max(0, shortLived - 1));
      // What came in on the old connection is answered there.
      void options.ingress.answered(closingMs).then(() => opened.close(closingMs));
    });
  };

  const keepTrying = async (failed: number): Promise<void> => {
    for (let failures = failed; ; failures += 1) {
      if (failures > 0) await pause(backOff(options, failures), stop.signal);
      if (stop.signal.aborted) return;
      try {
        await open();
        return;
      } catch (error) {
        log.error({ fault: describeFault(error), failures }, 'no connection to Slack');
      }
    }
  };

  return {
    init: (app) => {
      guarded = options.ingress.guard(app);
    },
    start: async () => {
      try {
        await open();
      } catch (error) {
        if (isRefused(error)) throw refused(error);
        log.error({ fault: describeFault(error) }, 'no connection to Slack yet');
        void keepTrying(1);
      }
    },
    stop: async ({ deadlineMs }) => {
      stop.abort();
      const closing = current;
      const began = performance.now();
      const left = () => Math.max(0, deadlineMs - (performance.now() - began));
      // Answers travel on the connection; work that goes on after its answer does not need it.
      await options.ingress.answered(left());
      current = null;
      await Promise.all([
        closing?.close(Math.min(left(), closingMs)),
        options.ingress.drain(left()),
      ]);
    },
    healthy: () => current !== null && !stop.signal.aborted,
    port: () => null,
  };
};

const closingMs = 2000;

const connectionOptions = (options: SocketIntakeOptions, app: App) => ({
  app,
  appToken: options.appToken,
  clientOptions: socketOptions(options.config.slack, options.boltLogger),
  boltLogger: options.boltLogger,
  log: options.log,
  silenceMs: options.silenceMs ?? 20_000,
});

const backOff = (options: SocketIntakeOptions, failures: number): number =>
  options.backOffMs?.(failures) ??
  Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', over);
  });

const refusing = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
];

const isRefused = (error: unknown): error is WebAPIPlatformError =>
  error instanceof WebAPIPlatformError && refusing.includes(slackCode(error) ?? '');

const refused = (error: WebAPIPlatformError): SlackStartError =>
  new SlackStartError(`Slack does not accept SLACK_APP_TOKEN (${slackCode(error) ?? ''}).`, {
    cause: error,
  });
