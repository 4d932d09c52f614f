import { SCOPES } from '../../manifest.js';
import type { Check } from '../check.js';
import { counted } from '../counted.js';
import { ok, problem, unknown } from '../finding.js';

const name = 'slack.scopes';

/** A manifest that was saved again grants nothing until the app is installed again. */
export const slackScopes: Check = {
  name,
  look: async ({ workspace }) => {
    const { scopes } = await workspace.installation();
    if (scopes === null) {
      return [
        unknown(name, {
          what: 'The scopes of the bot token could not be read.',
          why: 'Slack’s answer does not name them; a proxy may take the header x-oauth-scopes away.',
          fix: 'Compare OAuth & Permissions with manifest.yml by hand.',
        }),
      ];
    }
    const missing = SCOPES.filter((scope) => !scopes.includes(scope));
    if (missing.length === 0) return [ok(name, `All ${SCOPES.length} scopes are granted.`)];
    return [
      problem(name, {
        what: `The bot token lacks ${counted(missing.length, 'scope')}: ${missing.join(', ')}.`,
        why: 'The app was installed from an older or another manifest.',
        fix: 'Save manifest.yml (Socket Mode: manifest.socket.yml) as the app’s manifest once more, then Install App, Reinstall to Workspace.',
      }),
    ];
  },
};
