import type { SlackState, SlackUser } from './state.js';

const team = { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox' } as const;

/** A workspace with nobody in it but the bot. */
export function newState(botName: string): SlackState {
  const app = { id: 'A0SANDBOX', name: botName, botId: 'B0SANDBOX', botUserId: 'U0BOT' };
  const bot: SlackUser = {
    id: app.botUserId,
    team_id: team.id,
    // What is typed after an @: Slack makes it of the app's name, without what a mention cannot hold.
    name: botName.toLowerCase().replace(/[^a-z0-9.-]+/g, '_'),
    real_name: app.name,
    email: null,
    tz: 'Etc/UTC',
    deleted: false,
    is_bot: true,
    is_admin: false,
    is_email_confirmed: false,
    is_restricted: false,
    is_ultra_restricted: false,
  };
  return {
    team,
    app,
    counter: 0,
    users: { [bot.id]: bot },
    usergroups: {},
    channels: {},
    messages: {},
    ephemerals: {},
    views: {},
    stacks: {},
    homes: {},
    responseUrls: {},
    triggers: {},
  };
}
