import { createServer, type Server } from 'node:http';
import type { HomeView } from '@slack/types';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withHttpBot, type Running } from './a-bot.js';
import { plain } from './views.js';

let running: Running | null = null;
let refusing: Server | null = null;
afterEach(async () => {
  refusing?.close();
  refusing = null;
  await running?.stop();
  running = null;
});

async function start(...args: Parameters<typeof withHttpBot>): Promise<Running> {
  running = await withHttpBot(...args);
  return running;
}

const home = (text: string): HomeView => ({
  type: 'home',
  blocks: [
    {
      type: 'actions',
      block_id: 'b',
      elements: [{ type: 'button', action_id: 'go', text: plain(text) }],
    },
  ],
});

describe('the Home tab', () => {
  it('tells the bot every time it is opened, with the view after the first publishing', async () => {
    const { slack, lena } = await start((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: home('Go') });
      });
      app.action('go', async ({ ack }) => ack());
    });
    const person = slack.as(lena);
    await person.opensHome();
    await slack.until(() => slack.home(lena) !== null, 'the Home tab is published');
    const [first] = slack.deliveries;
    expect(first).toMatchObject({
      kind: 'event',
      name: 'app_home_opened',
      outcome: 'ok',
      retry: 0,
    });
    expect(first?.payload).toMatchObject({
      type: 'event_callback',
      authorizations: [{ user_id: slack.state.app.botUserId, is_bot: true }],
      event: { type: 'app_home_opened', user: lena, tab: 'home' },
    });
    expect(first?.payload['event']).not.toHaveProperty('view');
    await person.opensHome();
    expect(slack.deliveries[1]?.payload).toMatchObject({ event: { view: { type: 'home' } } });
    const clicked = await person.clicks('home', 'go');
    expect(clicked.payload).toMatchObject({
      container: { type: 'view', view_id: slack.home(lena)?.id },
      view: { type: 'home' },
    });
    expect(clicked.payload).not.toHaveProperty('response_url');
  });

  it('refuses a publishing with an old hash, or when the manifest has no Home tab', async () => {
    const { slack, app, lena } = await start(() => undefined);
    const { view } = await app.client.views.publish({ user_id: lena, view: home('1') });
    const hash = view?.hash ?? '';
    await app.client.views.publish({ user_id: lena, view: home('2'), hash });
    await expect(
      app.client.views.publish({ user_id: lena, view: home('3'), hash }),
    ).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    expect(JSON.stringify(slack.home(lena)?.blocks)).toContain('"2"');
    await running?.stop();
    const other = await start(() => undefined, {
      manifest: { display_information: { name: 'x' } },
    });
    await expect(
      other.app.client.views.publish({ user_id: other.lena, view: home('1') }),
    ).rejects.toMatchObject({ data: { error: 'not_enabled' } });
  });
});

describe('a message of a person', () => {
  it('is heard as a mention in a channel the bot is in, and not in a direct message', async () => {
    const manifest = {
      display_information: { name: 'desk' },
      settings: { event_subscriptions: { bot_events: ['app_mention', 'message.im'] } },
    };
    const heard: string[] = [];
    const { slack, lena, general } = await start(
      (app) => {
        app.event('app_mention', ({ event }) => {
          heard.push(event.text);
          return Promise.resolve();
        });
      },
      { manifest },
    );
    const person = slack.as(lena);
    const mention = await person.mentionsBot('help', general);
    expect(mention).toMatchObject({ name: 'app_mention', outcome: 'ok' });
    const { botUserId } = slack.state.app;
    await slack.until(() => heard.length === 1, 'the bot heard it');
    expect(heard).toEqual([`<@${botUserId}> help`]);
    expect(await person.types('nobody is meant')).toMatchObject({
      outcome: 'not_delivered',
      why: 'the app is not subscribed to this message',
    });
    await person.opensMessages();
    const im = Object.values(slack.state.channels).find(({ kind }) => kind === 'im');
    const said = await person.types('@desk help', { channel: im?.id ?? '' });
    expect(said).toMatchObject({ name: 'message', payload: { event: { channel_type: 'im' } } });
    const away = slack.addChannel({ name: 'away', members: [lena] });
    expect(await person.mentionsBot('help', away.id)).toMatchObject({ outcome: 'not_delivered' });
    expect(slack.messages(general).map(({ text }) => text)).toEqual([
      `<@${botUserId}> help`,
      'nobody is meant',
    ]);
  });
});

describe('an event that is not taken', () => {
  it('comes again up to three times with the same event_id, and says so', async () => {
    const { slack, lena } = await start(() => undefined, { eventRetryDelays: [0, 1, 2] });
    slack.setRequestUrl(slack.apiUrl.replace('/api/', '/nothing'));
    await slack.as(lena).opensHome();
    await slack.until(() => slack.deliveries.length === 4, 'four attempts were made');
    expect(new Set(slack.deliveries.map(({ payload }) => payload['event_id'])).size).toBe(1);
    const headers = slack.deliveries.map(({ request }) => request?.headers ?? {});
    expect(headers.map((one) => one['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(headers[1]?.['x-slack-retry-reason']).toBe('http_error');
    expect(slack.deliveries.map(({ retry, status }) => [retry, status])).toEqual([
      [0, 404],
      [1, 404],
      [2, 404],
      [3, 404],
    ]);
  });
});

describe('a bot that wants no retries', () => {
  it('is not sent a failed event again', async () => {
    const { slack, lena } = await start(() => undefined, { eventRetryDelays: [0] });
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(500, asked === 1 ? { 'x-slack-no-retry': '1' } : {}).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    refusing = server;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    slack.setRequestUrl(`http://127.0.0.1:${address.port}/`);
    await slack.as(lena).opensHome();
    // A later event that is sent again: a retry of the first would have come before its retry.
    await slack.as(lena).opensMessages();
    await slack.until(() => slack.deliveries.some(({ retry }) => retry === 1), 'a retry came');
    const retried = slack.deliveries.filter(({ retry }) => retry === 1);
    expect(retried).toMatchObject([{ payload: { event: { tab: 'messages' } } }]);
    expect(asked).toBe(3);
  });
});

describe('a global shortcut', () => {
  it('has a trigger, but no channel', async () => {
    const { slack, lena } = await start((app) => {
      app.shortcut('ask', async ({ ack }) => ack());
    });
    const { payload, outcome } = await slack.as(lena).uses('ask');
    expect(outcome).toBe('ok');
    expect(payload).toMatchObject({ type: 'shortcut', callback_id: 'ask', user: { id: lena } });
    expect(payload).not.toHaveProperty('channel');
    expect(payload).not.toHaveProperty('response_url');
  });
});
