import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { changes } from '../src/changes/index.js';
import { EXAMPLE_ADDRESS, manifest as manifestText, SCOPES } from '../src/manifest.js';
import { queries } from '../src/queries/index.js';
import { EVENTS } from '../src/slack/ids.js';

/** Slack's rules for a manifest, as far as ours goes; a key that is not here Slack does not know, or we do not mean. */
const url = z
  .string()
  .regex(/^https?:\/\//)
  .max(3000);
const word = (max: number, min = 1): z.ZodString => z.string().min(min).max(max);
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: word(35),
    description: word(140).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
    long_description: word(4000, 175).optional(),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: word(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: word(32, 2).regex(/^\//),
          url: url.optional(),
          description: word(2000),
          usage_hint: word(1000).optional(),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
    shortcuts: z
      .array(
        z.strictObject({
          name: word(24),
          type: z.enum(['message', 'global']),
          callback_id: word(255),
          description: word(150),
        }),
      )
      .min(1)
      .max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(word(50)).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: url.optional(),
      bot_events: z.array(word(50)).max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: url.optional(),
      message_menu_options_url: url.optional(),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    is_hosted: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});
type Manifest = z.infer<typeof Manifest>;

/** The scopes that each method needs; where there are several, it needs that of the kind of conversation it is asked about. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'users.list': ['users:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
};

/** Asked for beforehand, because every new scope needs the consent of a workspace's administrators again. */
const SPARE = ['channels:read', 'groups:read'];

const text = readFileSync('manifest.yml', 'utf8');
const manifest = Manifest.parse(parse(text));
const { slash_commands: commands, shortcuts } = manifest.features;
const { scopes } = manifest.oauth_config;

const urlsOf = ({ features, settings }: Manifest): readonly (string | undefined)[] => [
  ...features.slash_commands.map(({ url: address }) => address),
  settings.event_subscriptions.request_url,
  settings.interactivity.request_url,
  settings.interactivity.message_menu_options_url,
];

describe('manifest.yml', () => {
  it('has the commands and shortcuts of the doors, and the events that the bot listens to', () => {
    const doors = changes.map((change) => change.door);
    expect(commands.map(({ command }) => command)).toEqual([
      '/handle',
      ...doors.flatMap(({ command = [] }) => command),
    ]);
    const ofType = (wanted: 'global' | 'message'): readonly string[] =>
      shortcuts.filter(({ type }) => type === wanted).map(({ callback_id: id }) => id);
    expect(ofType('global')).toEqual(doors.flatMap(({ shortcut = [] }) => shortcut));
    expect(ofType('message')).toEqual(doors.flatMap(({ messageShortcut = [] }) => messageShortcut));
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(EVENTS);
  });

  it('tells what can be typed after /handle, as help does', () => {
    const words = [
      'help',
      ...changes.map(({ door }) => door.words[0]),
      ...queries.all.map(({ word }) => word).filter((word) => word !== 'help'),
    ];
    expect(commands[0]?.usage_hint).toBe(`[${words.join(' | ')}]`);
  });

  it('makes Slack send ids for @names in every command, and tells what to type', () => {
    for (const command of commands) {
      expect(command).toMatchObject({
        should_escape: true,
        usage_hint: expect.stringMatching(/^\[/),
      });
    }
  });

  it('hears of what is said to the bot, and of no other message', () => {
    const heard = manifest.settings.event_subscriptions.bot_events;
    expect(heard.filter((event) => event.startsWith('message'))).toEqual(['message.im']);
  });

  it('has one address in all places', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(false);
    const urls = new Set(urlsOf(manifest));
    expect([...urls]).toEqual(['https://handle-desk.example.org/slack/events']);
  });

  it('is printed from the source that the desk compares Slack’s scopes with', () => {
    expect(text).toBe(manifestText({ at: EXAMPLE_ADDRESS }));
    expect(readFileSync('manifest.socket.yml', 'utf8')).toBe(manifestText('socket'));
    expect(scopes.bot).toEqual(SCOPES);
  });

  it('has a twin for Socket Mode that differs in nothing but the addresses', () => {
    const socket = Manifest.parse(parse(readFileSync('manifest.socket.yml', 'utf8')));
    expect(urlsOf(socket).filter((address) => address !== undefined)).toEqual([]);
    const { settings } = socket;
    expect(settings.socket_mode_enabled).toBe(true);
    const addressed: unknown = parse(manifestText({ at: 'https://desk.example.org/' }));
    expect(new Set(urlsOf(Manifest.parse(addressed)))).toEqual(
      new Set(['https://desk.example.org/slack/events']),
    );
    const without = (it: Manifest): unknown =>
      JSON.parse(
        JSON.stringify({ ...it, settings: { ...it.settings, socket_mode_enabled: 0 } }),
        (key, value: unknown) =>
          ['url', 'request_url', 'message_menu_options_url'].includes(key) ? undefined : value,
      );
    expect(without(socket)).toEqual(without(manifest));
  });

  it('opens the tabs in which the bot shows itself', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('asks for the scopes that methods, events and commands need, and says why', () => {
    const needed = [
      'commands',
      ...manifest.settings.event_subscriptions.bot_events.flatMap(
        (event) => EVENT_SCOPES[event] ?? [`? for ${event}`],
      ),
      ...calledMethods().flatMap((method) => METHODS[method] ?? [`? for ${method}`]),
    ];
    expect(needed.filter((scope) => !scopes.bot.includes(scope))).toEqual([]);
    const reasons = text.split('\n').filter((line) => line.startsWith('#   '));
    const explained = scopes.bot.filter((scope) =>
      reasons.some((line) => new RegExp(`[ ,]${scope}(,| |$)`).test(line)),
    );
    expect(explained).toEqual(scopes.bot);
  });

  it('asks for no scope that nothing needs', () => {
    const used = [
      'commands',
      ...SPARE,
      ...Object.values(EVENT_SCOPES).flat(),
      ...calledMethods().flatMap((method) => METHODS[method] ?? []),
    ];
    expect(scopes.bot.filter((scope) => !used.includes(scope))).toEqual([]);
    expect(scopes.bot).toEqual([...new Set(scopes.bot)].sort());
  });

  it('finds the calls in the source', () => {
    expect(calledMethods()).toEqual(expect.arrayContaining(['chat.postMessage', 'views.open']));
  });
});

/** Methods of Slack's Web API that the source names, as a call of the client or as text. */
function calledMethods(): readonly string[] {
  const call =
    /(?:client\.|'|`)((?:apps|auth|bots|chat|conversations|files|reactions|team|usergroups|users|views)\.[a-zA-Z.]+)(?=\(|'|`)/g;
  const files = ['slack', 'cli'].flatMap((folder) =>
    readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join('src', folder, name), 'utf8'))
      .map((source) => source.replace(/\/\*[^]*?\*\//g, '')),
  );
  const names = files.flatMap((source) => [...source.matchAll(call)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}
