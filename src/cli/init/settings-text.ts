/** A first `.env`, to be filled by `withSettings`. Everything else that can be set stands in `.env.example`. */
export const SETTINGS_TEXT = `# Settings of Handle Desk. Secrets stand here: keep it readable by you alone. All settings: .env.example.

# OAuth & Permissions, Bot User OAuth Token.
#SLACK_BOT_TOKEN=
# Basic Information, Signing Secret; used when Slack reaches the bot over HTTP.
#SLACK_SIGNING_SECRET=
# Basic Information, App-Level Tokens; if set, Socket Mode is used.
#SLACK_APP_TOKEN=

# The zone, and a token that can do what policy.yml needs and nothing else (npx handle-desk token makes another).
#ONEZONE_URL=
#ONEZONE_TOKEN=
`;
