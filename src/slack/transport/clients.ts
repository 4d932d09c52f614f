import type { Logger as BoltLogger } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { WebClientOptions } from '@slack/web-api';
import type { Config } from '../../config.js';
import { type Withhold, withholdNothing } from '../../withhold.js';
import { withholdingFetch } from './withholding.js';

export interface Clients {
  /** For what a person is waiting for. */
  readonly interactive: WebClient;
  /** For jobs; a rate limit met here holds up nobody who is waiting. */
  readonly background: WebClient;
}

/** Our two ways to call Slack. Neither retries: a repeated `chat.postMessage` is a second message, so jobs decide that. */
export const createClients = (
  slack: Config['slack'],
  logger: BoltLogger,
  withhold: Withhold = withholdNothing,
): Clients => ({
  interactive: new WebClient(slack.botToken, interactiveOptions(slack, logger, withhold)),
  background: new WebClient(slack.botToken, {
    ...common(slack, logger, withhold),
    timeout: 10_000,
    maxRequestConcurrency: 10,
  }),
});

/** A fresh object each time: Bolt and the SDK write into the one they are given. */
export const interactiveOptions = (
  slack: Config['slack'],
  logger: BoltLogger,
  withhold: Withhold = withholdNothing,
): WebClientOptions => ({ ...common(slack, logger, withhold), timeout: 2500 });

/** For `apps.connections.open`, which goes out with the app's own token and says nothing else. */
export const socketOptions = (slack: Config['slack'], logger: BoltLogger): WebClientOptions => ({
  ...common(slack, logger, withholdNothing),
  timeout: 10_000,
});

// `headers` is never set: the SDK writes the bot token into that object, and whoever shares it sends it along.
const common = (
  slack: Config['slack'],
  logger: BoltLogger,
  withhold: Withhold,
): WebClientOptions => ({
  slackApiUrl: slack.apiUrl,
  logger,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  fetch: withholdingFetch(withhold),
});
