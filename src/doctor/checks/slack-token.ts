import { ChatError } from '../../chat.js';
import type { Check } from '../check.js';
import { ok, problem, unknown } from '../finding.js';

const name = 'slack.token';

export const slackToken: Check = {
  name,
  look: async ({ workspace }) => {
    try {
      const { team, botName } = await workspace.installation();
      return [ok(name, `Slack takes the bot token: \`${botName}\` in the workspace ${team}.`)];
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.kind !== 'credentials' && error.kind !== 'never') {
        return [
          unknown(name, {
            what: 'Slack does not answer.',
            why: `Its Web API could not be reached (${error.code}).`,
            fix: 'Check the network and SLACK_API_URL; if Slack itself is down, nothing has to be done.',
            told: 'elsewhere',
          }),
        ];
      }
      return [
        problem(name, {
          what: 'Slack does not take the bot token.',
          why: `Slack says ${error.code}.`,
          fix: 'Copy the token anew (OAuth & Permissions, Bot User OAuth Token) into SLACK_BOT_TOKEN, and restart.',
          // Nothing can be told over Slack.
          told: 'elsewhere',
        }),
      ];
    }
  },
};
