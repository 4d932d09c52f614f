import type { Check } from '../check.js';
import type { Intake } from '../examined.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'slack.intake';

export const slackIntake: Check = {
  name,
  look: async ({ intake }) => [judge(await intake())],
};

function judge(seen: Intake): Finding {
  switch (seen.kind) {
    case 'running':
      return seen.connected
        ? ok(name, 'The bot is there for what Slack sends.')
        : problem(name, {
            what: 'Slack does not reach the bot.',
            why: 'The bot has no connection over which Slack could send anything.',
            fix: 'The log says why; it goes on trying by itself.',
            told: 'elsewhere',
          });
    case 'socket':
      return seen.refused === null
        ? ok(name, 'Slack takes the app token for Socket Mode.')
        : problem(name, {
            what: 'Slack opens no socket for the app token.',
            why: `Slack says ${seen.refused}.`,
            fix: 'Make an App-Level Token with the scope connections:write (Basic Information), put it into SLACK_APP_TOKEN, and switch Socket Mode on.',
          });
    case 'http':
      return overHttp(seen);
  }
}

function overHttp({ at, answer }: Extract<Intake, { readonly kind: 'http' }>): Finding {
  switch (answer) {
    case 'right':
      return ok(name, `The bot answers Slack’s question at \`${at}\`.`);
    case 'none':
      return warning(name, {
        what: `Nobody answers at \`${at}\`.`,
        why: 'The bot does not run, or is not reached at this address.',
        fix: 'Start it (`npx handle-desk start`); Slack takes the address only once it answers. --url looks at the public address.',
      });
    case 'wrong':
      return problem(name, {
        what: `Something else than this bot answers at \`${at}\`.`,
        why: 'It did not repeat what Slack asks it to, as a bot with the same signing secret does.',
        fix: 'Check SLACK_SIGNING_SECRET (Basic Information), and where the address leads.',
      });
  }
}
