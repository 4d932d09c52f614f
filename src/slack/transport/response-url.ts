import type { Logger } from 'pino';
import type { Config } from '../../config.js';
import { type Withhold, withholdNothing } from '../../withhold.js';
import { describeFault } from './fault.js';
import type { Message } from '../surfaces/render/message.js';

/**
 * Answers where a command was typed or a button pressed, seen by that person alone, for half an hour and five times.
 * False when it did not get there: the caller may say it in a direct message instead. Never throws.
 * Bolt's own `respond` has no time limit and posts to any host.
 */
export type AnswerAt = (
  /** From the body of a verified delivery. */
  responseUrl: string,
  message: Message,
  options?: {
    /** Put it in the place of the message with the button. Default: below it. */
    readonly replace?: boolean;
  },
) => Promise<boolean>;

export const createAnswerAt = (options: {
  readonly slack: Pick<Config['slack'], 'apiUrl'>;
  readonly log: Logger;
  /** Default 2500 ms. */
  readonly timeoutMs?: number;
  /** Default: nothing is withheld. */
  readonly withhold?: Withhold;
}): AnswerAt => {
  const allowed = allowedHosts(options.slack.apiUrl);
  const { withhold = withholdNothing } = options;
  return async (responseUrl, message, { replace = false } = {}) => {
    if (!allowed(responseUrl)) {
      options.log.error('a response_url does not belong to Slack; nothing was sent there');
      return false;
    }
    try {
      const response = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(
          withhold({ ...message, response_type: 'ephemeral', replace_original: replace }),
        ),
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? 2500),
      });
      await response.body?.cancel();
      if (!response.ok)
        options.log.warn({ status: response.status }, 'a response_url took nothing');
      return response.ok;
    } catch (error) {
      options.log.warn({ fault: describeFault(error) }, 'a response_url could not be reached');
      return false;
    }
  };
};

/** Slack's own, or the host that stands in for Slack when `SLACK_API_URL` names another. */
const allowedHosts = (apiUrl: string): ((responseUrl: string) => boolean) => {
  const api = new URL(apiUrl);
  const standsIn = api.hostname !== 'slack.com';
  return (responseUrl) => {
    if (!URL.canParse(responseUrl)) return false;
    const { protocol, hostname, username } = new URL(responseUrl);
    if (username !== '') return false;
    if (protocol === 'https:' && hostname === 'hooks.slack.com') return true;
    return standsIn && protocol === api.protocol && hostname === api.hostname;
  };
};
