import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { command, post, signingSecret } from './kit/bot.js';
import { startChild, type Child } from './kit/child.js';
import { status, startFakeSlack, type FakeSlack } from './kit/fake-slack.js';
import { startFakeSocket, type FakeSocket } from './kit/fake-socket.js';

let slack: FakeSlack;
let socket: FakeSocket;
let child: Child | null = null;

beforeEach(async () => {
  slack = await startFakeSlack();
  socket = await startFakeSocket();
  slack.answer('auth.test', { ok: true, team_id: 'T0TEAM', user_id: 'U0BOT', bot_id: 'B0BOT' });
  slack.answer('apps.connections.open', { ok: true, url: socket.url });
});
afterEach(async () => {
  child?.kill();
  await child?.ended;
  await socket.close();
  await slack.close();
});

const start = (mode: 'http' | 'socket'): Child => {
  child = startChild({ MODE: mode, SECRET: signingSecret, API_URL: slack.apiUrl });
  return child;
};

const startHttp = async (): Promise<{ readonly bot: Child; readonly port: number }> => {
  const bot = start('http');
  return { bot, port: Number(await bot.says()) };
};

describe('the process', () => {
  it('outlives a signed body that is null, and ends by itself after a stop', async () => {
    const { bot, port } = await startHttp();
    const type = 'application/json';
    expect(await post(port, 'null', { type })).toMatchObject({ status: 400 });
    expect(await post(port, 'null', { type, path: '/slack/./events' })).toMatchObject({
      status: 404,
    });
    expect(await post(port, '', { path: '//' })).toMatchObject({ status: 404 });
    expect(await post(port, command())).toMatchObject({ status: 200, body: 'pong' });
    bot.tell('stop');
    expect(await bot.ended).toBe(0);
  });

  it('outlives every way in which a socket fails, and ends by itself after a stop', async () => {
    const bot = start('socket');
    expect(await bot.says()).toBe('started');
    slack.answer(
      'apps.connections.open',
      { ok: false, error: 'account_inactive' },
      { ok: true, url: socket.url },
    );
    socket.send({ type: 'events_api', envelope_id: 'x' });
    socket.connections[0]?.terminate();
    await socket.connected(2);
    socket.send({ type: 'disconnect', reason: 'refresh_requested' });
    await socket.connected(3);
    socket.send({
      envelope_id: 'e1',
      type: 'slash_commands',
      payload: { command: '/handle', trigger_id: 't' },
    });
    await socket.ackedTo('e1');
    bot.tell('stop');
    expect(await bot.ended).toBe(0);
  });

  it('asks Slack once who it is, and not again for each event', async () => {
    const { port } = await startHttp();
    await post(port, command({ trigger_id: 'a' }));
    await post(port, command({ trigger_id: 'b' }));
    expect(slack.calls.map(({ method }) => method)).toEqual(['auth.test']);
  });

  it('says what is wrong with a bad token and ends without an unhandled rejection', async () => {
    slack.answer('auth.test', { ok: false, error: 'invalid_auth' });
    const bot = start('http');
    expect(await bot.says()).toBe(
      'SlackStartError: Slack does not accept SLACK_BOT_TOKEN (invalid_auth).',
    );
    expect(await bot.ended).toBe(0);
    expect(bot.output()).toBe('');
  });

  it('says that Slack is out', async () => {
    slack.answer('auth.test', status(503));
    const bot = start('http');
    expect(await bot.says()).toBe(
      'SlackStartError: Slack cannot be reached to check SLACK_BOT_TOKEN: Slack answered HTTP 503',
    );
  });

  it('says that a token is not a bot’s', async () => {
    slack.answer('auth.test', { ok: true, team_id: 'T0TEAM', user_id: 'U0ANN' });
    expect(await start('http').says()).toBe(
      'SlackStartError: SLACK_BOT_TOKEN is not the token of a bot: it should begin with xoxb-.',
    );
  });
});
