import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { App } from '@slack/bolt';
import type { Deliveries } from '../../../src/store/store.js';
import { createSlackApp, type SlackApp } from '../../../src/slack/transport/app.js';
import { type Door, openDoor } from '../../../src/slack/transport/door.js';
import { read } from './fake-slack.js';
import { createLog, type Written } from './log.js';

export const signingSecret = 'CANARY-signing-secret';
export const botToken = 'xoxb-CANARY-bot-token';

export const installation = { teamId: 'T0TEAM', botId: 'B0BOT', botUserId: 'U0BOT' };

/** Deliveries in memory, as the store would keep them. */
export const remember = (): Pick<Deliveries, 'isFirst'> => {
  const seen = new Set<string>();
  return {
    isFirst: (key) => {
      const first = !seen.has(key);
      seen.add(key);
      return Promise.resolve(first);
    },
  };
};

export interface Bot extends SlackApp, Written {
  readonly post: (body: string, options?: PostOptions) => Promise<Reply>;
}

export interface BotOptions {
  readonly apiUrl?: string;
  readonly deliveries?: Pick<Deliveries, 'isFirst'>;
  readonly listen: (app: App) => void;
  readonly door?: Partial<Door>;
}

/** The bot's transport on a free port, in HTTP mode, with the listeners of a test. */
export const startBot = async (options: BotOptions): Promise<Bot> => {
  const written = createLog();
  const bot = createSlackApp({
    config: {
      slack: {
        botToken,
        mode: { kind: 'http', signingSecret },
        // Nothing listens there: a test that calls Slack names a fake one.
        apiUrl: options.apiUrl ?? 'http://127.0.0.1:9/api/',
      },
      listen: { host: '127.0.0.1', port: 0 },
    },
    installation,
    deliveries: options.deliveries ?? remember(),
    log: written.log,
    now: () => new Date(),
    newSupportId: () => 'SUPPORT1',
    door: { ...openDoor, ...options.door },
  });
  options.listen(bot.app);
  await bot.start();
  const port = bot.port();
  if (port === null) throw new Error('the bot does not listen');
  return { ...bot, ...written, post: (body, how) => post(port, body, how) };
};

export interface PostOptions {
  readonly type?: string;
  readonly path?: string;
  readonly method?: string;
  /** Seconds added to the clock when signing. */
  readonly skew?: number;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly type: string | undefined;
}

const form = 'application/x-www-form-urlencoded';

/** A signed request as Slack sends it, each on a connection of its own. */
export const post = (port: number, body: string, options: PostOptions = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const timestamp = String(Math.floor(Date.now() / 1000) + (options.skew ?? 0));
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent: false,
        method: options.method ?? 'POST',
        path: options.path ?? '/slack/events',
        headers: {
          'content-type': options.type ?? (body.startsWith('{') ? 'application/json' : form),
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': sign(timestamp, body, options.secret ?? signingSecret),
          ...options.headers,
        },
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        read(response).then((text) => {
          resolve({ status: statusCode, body: text, type: headers['content-type'] });
        }, reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const sign = (timestamp: string, body: string, secret: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

export const command = (fields: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    token: 'CANARY-verification',
    team_id: 'T0TEAM',
    channel_id: 'C0CHAN',
    user_id: 'U0ALICE',
    command: '/handle',
    text: 'CANARY-typed-words',
    response_url: 'https://hooks.slack.com/commands/CANARY-response-url',
    trigger_id: 'CANARY-trigger.1',
    ...fields,
  }).toString();

const payload = (value: object): string =>
  new URLSearchParams({ payload: JSON.stringify(value) }).toString();

const from = { team: { id: 'T0TEAM' }, user: { id: 'U0ALICE', team_id: 'T0TEAM' } };

export const click = (actionId: string, trigger: string): string =>
  payload({
    ...from,
    type: 'block_actions',
    trigger_id: trigger,
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value: 'v' }],
  });

export const submission = (callbackId: string, trigger: string): string =>
  payload({
    ...from,
    type: 'view_submission',
    trigger_id: trigger,
    view: { id: 'V1', type: 'modal', callback_id: callbackId, state: { values: {} } },
  });

export const suggestion = (actionId: string, value: string): string =>
  payload({ ...from, type: 'block_suggestion', action_id: actionId, block_id: 'b', value });

export const mention = (eventId: string): string =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T0TEAM',
    event_id: eventId,
    event: {
      type: 'app_mention',
      user: 'U0ALICE',
      channel: 'C0CHAN',
      ts: '1.2',
      text: 'CANARY-said',
    },
  });
