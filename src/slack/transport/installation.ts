import { WebAPIPlatformError } from '@slack/web-api';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { describeFault, slackCode } from './fault.js';

/** Where the bot is installed and who it is there. */
export interface Installation {
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** The Enterprise organisation that the workspace is part of; `hasInstalled`: the app is the organisation's, in all its workspaces. */
  readonly organisation?: { readonly id: string; readonly hasInstalled: boolean } | null;
}

/** Why the bot cannot begin to talk to Slack; the message is for the operator. */
export class SlackStartError extends Error {
  override name = 'SlackStartError' as const;
}

/** Asks Slack whose token this is, once. Throws `SlackStartError`. */
export const readInstallation = async (client: WebClient): Promise<Installation> => {
  const answer = await client.apiCall('auth.test').catch((error: unknown) => {
    throw new SlackStartError(why(error), { cause: error });
  });
  const parsed = AuthTest.safeParse(answer);
  if (!parsed.success) {
    throw new SlackStartError(
      'SLACK_BOT_TOKEN is not the token of a bot: it should begin with xoxb-.',
    );
  }
  return {
    teamId: parsed.data.team_id,
    botId: parsed.data.bot_id,
    botUserId: parsed.data.user_id,
    organisation:
      parsed.data.enterprise_id == null
        ? null
        : {
            id: parsed.data.enterprise_id,
            hasInstalled: parsed.data.is_enterprise_install === true,
          },
  };
};

// `bot_id` is there for bot tokens only.
const AuthTest = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

const why = (error: unknown): string =>
  error instanceof WebAPIPlatformError
    ? `Slack does not accept SLACK_BOT_TOKEN (${slackCode(error) ?? 'the answer is not from Slack'}).`
    : `Slack cannot be reached to check SLACK_BOT_TOKEN: ${describeFault(error).message}`;
