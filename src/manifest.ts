/**
 * The Slack app's manifest, said once: `manifest.yml` and `manifest.socket.yml` are printed from here, and what Slack granted is
 * compared with it.
 */

interface ScopeReason {
  readonly scopes: readonly string[];
  readonly why: string;
}

const REASONS: readonly ScopeReason[] = [
  { scopes: ['commands'], why: 'the slash commands and shortcuts below' },
  {
    scopes: ['app_mentions:read'],
    why: '@Handle Desk in a channel is answered, seen by whoever wrote it alone',
  },
  {
    scopes: ['chat:write', 'im:write'],
    why: 'messages in channels that the bot was invited to, and direct messages',
  },
  {
    scopes: ['im:history'],
    why: 'answer what people write to the bot alone; find a message whose sending was interrupted',
  },
  {
    scopes: ['channels:history', 'groups:history'],
    why: 'the same in public and in private channels that the bot is in',
  },
  {
    scopes: ['channels:read', 'groups:read'],
    why: 'whether a channel of the policy exists and the bot is in it',
  },
  { scopes: ['users:read'], why: 'who is a full member, a guest, a bot, deactivated' },
  {
    scopes: ['users:read.email'],
    why: 'propose the Onezone user with the same e-mail address, see whose it is',
  },
  { scopes: ['usergroups:read'], why: 'roles of the policy that are Slack user groups' },
];

/** Scopes of the bot token, sorted. */
export const SCOPES: readonly string[] = REASONS.flatMap(({ scopes }) => scopes).sort();

/** How Slack reaches the bot: at a public address (without a path), or over a socket that the bot opens. */
export type Reached = { readonly at: string } | 'socket';

export const EXAMPLE_ADDRESS = 'https://handle-desk.example.org';

/** The whole file, comments included. */
export function manifest(reached: Reached): string {
  const address =
    reached === 'socket' ? null : `${reached.at.replace(/(?<!\/)\/+$/, '')}/slack/events`;
  const at = (key: string, depth: number): readonly string[] =>
    address === null ? [] : [`${' '.repeat(depth)}${key}: ${address}`];
  return [
    ...(address === null ? SOCKET_HEAD : HTTP_HEAD),
    '#',
    '# Why each scope:',
    ...REASONS.map(({ scopes, why }) => `#   ${scopes.join(', ').padEnd(37)}${why}`),
    '',
    ...DISPLAY,
    '  slash_commands:',
    ...COMMANDS.flatMap(({ command, description, hint }) => [
      `    - command: ${command}`,
      ...at('url', 6),
      `      description: ${description}`,
      `      usage_hint: '${hint}'`,
      '      should_escape: true',
    ]),
    ...SHORTCUTS,
    'oauth_config:',
    '  scopes:',
    '    bot:',
    ...SCOPES.map((scope) => `      - ${scope}`),
    '',
    'settings:',
    '  event_subscriptions:',
    ...at('request_url', 4),
    '    bot_events:',
    '      - app_home_opened',
    '      - app_mention',
    '      - message.im',
    '  interactivity:',
    '    is_enabled: true',
    ...at('request_url', 4),
    ...at('message_menu_options_url', 4),
    '  org_deploy_enabled: false',
    `  socket_mode_enabled: ${String(address === null)}`,
    '  is_hosted: false',
    '  token_rotation_enabled: false',
    '',
  ].join('\n');
}

const HTTP_HEAD = [
  '# The Slack app, reached at a public address. At https://api.slack.com/apps: Create New App, From a manifest, and paste this.',
  '#',
  '# The address of your bot stands in it in several places: `npx handle-desk manifest --url https://your.address` prints it with yours.',
  '# Slack takes the address only once the bot answers there: it asks while it saves. The bot in turn needs tokens of the app. So create',
  '# the app, install it, start the bot, and then save the manifest once more.',
  '#',
  '# Without a public address (a laptop, a host behind a firewall) use manifest.socket.yml.',
];

const SOCKET_HEAD = [
  '# The Slack app in Socket Mode, which needs no public address. At https://api.slack.com/apps: Create New App, From a manifest, and',
  '# paste this as it is. Then: Basic Information, App-Level Tokens, Generate, with the scope connections:write. That token',
  '# (xapp-…) is SLACK_APP_TOKEN; the signing secret is not needed.',
];

const DISPLAY = [
  '_metadata:',
  '  major_version: 1',
  '  minor_version: 1',
  '',
  'display_information:',
  '  name: Handle Desk',
  '  description: Register DOI and PID services in Onezone and give people access to them',
  "  background_color: '#1d3557'",
  '  long_description: >-',
  "    Handle Desk runs your community's desk for persistent identifiers. It registers handle services (DOI and PID",
  "    accounts at registrars) in Onedata's Onezone and gives people access to them for as long as they need it: the right",
  '    people agree first, everyone is told, access ends by itself, and every step is on record.',
  '',
  'features:',
  '  app_home:',
  '    home_tab_enabled: true',
  '    messages_tab_enabled: true',
  '    messages_tab_read_only_enabled: false',
  '  bot_user:',
  '    display_name: Handle Desk',
  '    always_online: true',
];

const COMMANDS = [
  {
    command: '/handle',
    description: 'Identifier services in Onezone, and your access to them',
    hint: '[help | request | register | extend | done | revoke | restore | link | unlink | requests | mine | services | show | whoami | doctor]',
  },
  {
    command: '/handle-grant',
    description: 'Request or give access to a handle service',
    hint: '[service] [@person ...]',
  },
  {
    command: '/handle-register',
    description: 'Register a handle service in Onezone',
    hint: '[name]',
  },
];

const SHORTCUTS = [
  '  shortcuts:',
  '    - name: Request access',
  '      type: global',
  '      callback_id: request_access',
  '      description: Ask for access to a handle service, for yourself or for others',
  '    - name: Register a service',
  '      type: global',
  '      callback_id: register_service',
  '      description: Register a DOI or PID account as a handle service in Onezone',
  '    - name: Give the author access',
  '      type: message',
  '      callback_id: grant_to_author',
  '      description: Ask for access to a handle service for whoever wrote this message',
  '',
];
