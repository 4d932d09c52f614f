import { once } from 'node:events';
import { WebSocket } from 'ws';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startSlackSandbox, type SlackSandbox } from '../../../src/sandbox/slack/server.js';
import { withSocketBot, type Running } from './a-bot.js';
import { modal, option, part, textInput } from './views.js';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(...args: Parameters<typeof withSocketBot>): Promise<Running> {
  const running = await withSocketBot(...args);
  ends.push(() => running.stop());
  return running;
}

async function bare(options: Parameters<typeof startSlackSandbox>[0] = {}): Promise<SlackSandbox> {
  const slack = await startSlackSandbox(options);
  ends.push(() => slack.stop());
  return slack;
}

/** A connection without any client library: frames are taken one by one. */
async function connect(slack: SlackSandbox) {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const url = String(part(await response.json(), 'url'));
  const socket = new WebSocket(url);
  const frames: unknown[] = [];
  const waiting: ((frame: unknown) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const frame: unknown = JSON.parse(data.toString('utf8'));
    const next = waiting.shift();
    if (next === undefined) frames.push(frame);
    else next(frame);
  });
  return {
    url,
    socket,
    next: () =>
      new Promise<unknown>((resolve) => {
        if (frames.length > 0) resolve(frames.shift());
        else waiting.push(resolve);
      }),
    say(frame: object) {
      socket.send(JSON.stringify(frame));
    },
  };
}

describe('Socket Mode', () => {
  it('carries commands, forms and options both ways to a bot that cannot tell', async () => {
    const { slack, lena } = await start((app) => {
      app.command('/open', async ({ ack, client, body }) => {
        await ack('opening');
        const element = {
          type: 'external_select',
          action_id: 'pick',
          min_query_length: 1,
        } as const;
        const view = modal('form', [textInput('what', { element })]);
        await client.views.open({ trigger_id: body.trigger_id, view });
      });
      app.options('pick', async ({ ack }) => ack({ options: [option('doi')] }));
      app.view('form', async ({ ack }) =>
        ack({ response_action: 'errors', errors: { what: 'Taken.' } }),
      );
    });
    const person = slack.as(lena);
    const typed = await person.types('/open');
    expect(typed).toMatchObject({ transport: 'socket', outcome: 'ok', body: '{"text":"opening"}' });
    expect(slack.ephemerals(lena).map(({ text }) => text)).toEqual(['opening']);
    await slack.until(() => person.modal !== null, 'the modal is open');
    expect(await person.searches('pick', 'd')).toEqual([option('doi')]);
    expect(await person.submits({ what: 'doi' })).toMatchObject({ errors: { what: 'Taken.' } });
  });

  it('brings a Bolt app back after a refresh', async () => {
    const { slack, lena } = await start((app) => {
      app.command('/x', async ({ ack }) => ack());
    });
    let opened = 0;
    slack.on((change) => {
      if (change.type === 'sockets' && change.connected === 1) opened += 1;
    });
    slack.sockets.drop();
    await slack.until(() => opened === 1, 'the bot has come back');
    expect(await slack.as(lena).types('/x')).toMatchObject({ outcome: 'ok' });
  });
});

describe('a connection', () => {
  it('needs a fresh ticket and is greeted', async () => {
    const slack = await bare();
    const first = await connect(slack);
    expect(await first.next()).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: slack.state.app.id },
    });
    const again = new WebSocket(first.url);
    expect(String(await once(again, 'error'))).toContain('403');
  });

  it('is one of ten at most', async () => {
    const slack = await bare();
    for (let index = 0; index < 10; index += 1) await (await connect(slack)).next();
    const eleventh = await connect(slack);
    expect(await eleventh.next()).toMatchObject({
      type: 'disconnect',
      reason: 'too_many_websockets',
    });
    expect(slack.sockets.connected).toBe(10);
  });

  it('is told to go with a reason, and is only closed when that is no warning', async () => {
    const slack = await bare();
    const bot = await connect(slack);
    await bot.next();
    slack.sockets.disconnect('warning');
    expect(await bot.next()).toMatchObject({ type: 'disconnect', reason: 'warning' });
    expect(slack.sockets.connected).toBe(1);
    const closed = once(bot.socket, 'close');
    slack.sockets.disconnect('refresh_requested');
    expect(await bot.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    await closed;
    await slack.until(() => slack.sockets.connected === 0, 'the connection is closed');
  });

  it('that closes before the acknowledgement loses the interaction', async () => {
    const slack = await bare();
    const lena = slack.addUser({ name: 'lena' }).id;
    const bot = await connect(slack);
    await bot.next();
    const typed = slack.as(lena).types('/x');
    expect(await bot.next()).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/x', user_id: lena },
    });
    bot.socket.terminate();
    expect(await typed).toMatchObject({
      outcome: 'dispatch_failed',
      why: 'the connection was closed',
    });
  });

  it('gets an unacknowledged event again, with the same event_id', async () => {
    const slack = await bare({ ackDeadline: 20, eventRetryDelays: [0] });
    const lena = slack.addUser({ name: 'lena' }).id;
    const bot = await connect(slack);
    await bot.next();
    const opening = slack.as(lena).opensHome();
    const first = await bot.next();
    expect(first).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: '',
    });
    await opening;
    const second = await bot.next();
    expect(second).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
    const idOf = (frame: unknown) => part(frame, 'payload', 'event_id');
    expect(idOf(second)).toBe(idOf(first));
    bot.say({ envelope_id: part(second, 'envelope_id') });
    await slack.until(() => slack.deliveries.length === 2, 'both attempts are recorded');
    expect(slack.deliveries.map(({ outcome }) => outcome)).toEqual(['operation_timeout', 'ok']);
  });

  it('can be sent the very same envelope again', async () => {
    const slack = await bare();
    const lena = slack.addUser({ name: 'lena' }).id;
    const bot = await connect(slack);
    await bot.next();
    const opening = slack.as(lena).uses('ask');
    const first = await bot.next();
    expect(first).toMatchObject({ type: 'interactive', accepts_response_payload: false });
    const ack = { envelope_id: part(first, 'envelope_id'), payload: {} };
    bot.say(ack);
    const again = slack.redeliver(await opening);
    expect(await bot.next()).toEqual(first);
    bot.say(ack);
    expect(await again).toMatchObject({ outcome: 'ok' });
  });
});
