import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { command, mention, post, remember, startBot, submission } from './kit/bot.js';
import type { Bot, BotOptions } from './kit/bot.js';

let bot: Bot | null = null;
const start = async (options: Partial<BotOptions> = {}): Promise<Bot> => {
  bot = await startBot({ listen: () => undefined, ...options });
  return bot;
};
afterEach(async () => {
  await bot?.stop({ deadlineMs: 1000 });
  bot = null;
});

const pong: BotOptions['listen'] = (app) => {
  app.command('/handle', async ({ ack }) => {
    await ack('pong');
  });
};

describe('what reaches the bot over HTTP', () => {
  it('answers a signed command with what the listener acknowledges', async () => {
    const { post } = await start({ listen: pong });
    expect(await post(command())).toMatchObject({ status: 200, body: 'pong' });
  });

  it('answers the signed url_verification with its challenge', async () => {
    const { post } = await start();
    const reply = await post(JSON.stringify({ type: 'url_verification', challenge: 'abc' }));
    expect(reply).toMatchObject({ status: 200, body: '{"challenge":"abc"}' });
  });

  it.each([
    ['JSON', 'null', 'application/json'],
    ['a form payload', 'payload=null', 'application/x-www-form-urlencoded'],
    ['a form payload with spaces', 'payload=+%0Anull', 'application/x-www-form-urlencoded'],
    ['a JSON number', '5', 'application/json'],
    ['a JSON list', '[]', 'application/json'],
    ['nothing', '', 'application/json'],
  ])('survives a signed body that is no object: %s', async (_, body, type) => {
    const { post } = await start({ listen: pong });
    expect(await post(body, { type })).toMatchObject({ status: 400, body: '' });
    expect(await post(command())).toMatchObject({ status: 200, body: 'pong' });
  });

  it.each([
    '/slack/./events',
    '/slack/%2e/events',
    '/x/../slack/events',
    '//slack/events',
    '//',
    '/',
  ])('lets nothing past the gate by the path %s', async (path) => {
    const { post } = await start({ listen: pong });
    expect(await post('null', { path, type: 'application/json' })).toMatchObject({ status: 404 });
    expect(await post(command())).toMatchObject({ status: 200, body: 'pong' });
  });

  it('answers 404 to a GET', async () => {
    const { post } = await start();
    expect(await post('', { method: 'GET' })).toMatchObject({ status: 404, body: '' });
  });

  it('survives a signed event without an event', async () => {
    const { post } = await start({ listen: pong });
    const reply = await post(
      JSON.stringify({ type: 'event_callback', event: null, event_id: 'E1' }),
    );
    expect(reply).toMatchObject({ status: 200, body: '' });
    expect(await post(command())).toMatchObject({ status: 200, body: 'pong' });
  });

  it('refuses a body over 256 kB with 413 by its length, and closes the connection', async () => {
    const { port, lines } = await start({ listen: pong });
    const answers = await raw(port() ?? 0, [
      `POST /slack/events HTTP/1.1\r\n${head()}content-length: ${256 * 1024 + 1}\r\n\r\nx`,
      'GET /nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    ]);
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(answers).toMatch(/^connection: close/im);
    expect(lines()).toContainEqual(
      expect.objectContaining({ msg: 'refused a Slack request that is too large', times: 1 }),
    );
  });

  it('refuses a body that says nothing of its length when it grows over 256 kB', async () => {
    const { port } = await start({ listen: pong });
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const answers = await raw(port() ?? 0, [
      `POST /slack/events HTTP/1.1\r\n${head()}transfer-encoding: chunked\r\n\r\n${chunk.repeat(5)}`,
    ]);
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
  });

  it.each([
    ['signed with another secret', { secret: 'other' }, 401],
    ['301 seconds old', { skew: -301 }, 401],
    ['two minutes in the future', { skew: 120 }, 401],
    ['half a minute in the future', { skew: 30 }, 200],
    ['without a signature', { headers: { 'x-slack-signature': '' } }, 401],
    ['with a timestamp that is no number', { headers: { 'x-slack-request-timestamp': 'x' } }, 401],
  ])('answers a request %s as it should', async (_, options, status) => {
    const { post } = await start({ listen: pong });
    expect(await post(command(), options)).toMatchObject({ status });
  });

  it('refuses a replay of a signed request: it is answered and does not run again', async () => {
    const ran: string[] = [];
    const { post } = await start({
      listen: (app) => {
        app.command('/handle', async ({ ack, body }) => {
          ran.push(body.trigger_id);
          await ack('pong');
        });
      },
    });
    expect(await post(command())).toMatchObject({ status: 200, body: 'pong' });
    expect(await post(command())).toMatchObject({ status: 200, body: '' });
    expect(await post(command({ trigger_id: 'other' }))).toMatchObject({ body: 'pong' });
    expect(ran).toEqual(['CANARY-trigger.1', 'other']);
  });

  it('understands a form to which a proxy has added a charset', async () => {
    const { post } = await start({ listen: pong });
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    expect(await post(command(), { type })).toMatchObject({ status: 200, body: 'pong' });
  });

  it('answers an unsigned ssl_check, and nothing smuggled in beside it runs', async () => {
    const ran: string[] = [];
    const { post } = await start({
      listen: (app) => {
        app.command('/handle', async ({ ack, command: { command: name } }) => {
          ran.push(name);
          await ack();
        });
      },
    });
    const reply = await post(`${command()}&ssl_check=1`, { secret: 'other' });
    expect(reply).toMatchObject({ status: 200, body: '' });
    expect(ran).toEqual([]);
  });
});

describe('a stop', () => {
  it('finishes work that goes on after the answer', async () => {
    const steps: string[] = [];
    const gate = deferred();
    const { post, stop, healthy } = await start({
      listen: (app) => {
        app.command('/handle', async ({ ack }) => {
          await ack();
          await gate.promise;
          steps.push('work');
        });
      },
    });
    await post(command());
    const stopping = stop({ deadlineMs: 10_000 }).then(() => steps.push('stopped'));
    expect(healthy()).toBe(false);
    gate.resolve();
    await stopping;
    expect(steps).toEqual(['work', 'stopped']);
  });

  it('answers what came in before it', async () => {
    const entered = deferred();
    const gate = deferred();
    const { post, stop } = await start({
      listen: (app) => {
        app.command('/handle', async ({ ack }) => {
          entered.resolve();
          await gate.promise;
          await ack('just in time');
        });
      },
    });
    const reply = post(command());
    await entered.promise;
    const stopping = stop({ deadlineMs: 10_000 });
    gate.resolve();
    expect(await reply).toMatchObject({ status: 200, body: 'just in time' });
    await stopping;
  });

  it('does not wait for a keep-alive connection that says nothing', async () => {
    const { port, stop } = await start();
    const socket = await idle(port() ?? 0);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await stop({ deadlineMs: 60_000 });
    await closed;
    expect(socket.destroyed).toBe(true);
  });

  it('leaves work behind that does not finish by the deadline', async () => {
    const { post, stop, port } = await start({
      listen: (app) => {
        app.command('/handle', async ({ ack }) => {
          await ack();
          await new Promise(() => undefined);
        });
      },
    });
    await post(command());
    await stop({ deadlineMs: 20 });
    expect(port()).toBeNull();
  });

  it('takes nothing new, and may be asked for twice', async () => {
    const { port, stop } = await start({ listen: pong });
    const at = port() ?? 0;
    await stop({ deadlineMs: 1000 });
    await stop({ deadlineMs: 1000 });
    await expect(post(at, command())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says that it cannot start on a port that is taken', async () => {
    const first = await start();
    const { createSlackApp } = await import('../../src/slack/transport/app.js');
    const second = createSlackApp({
      config: {
        slack: {
          botToken: 'xoxb-1',
          mode: { kind: 'http', signingSecret: 's' },
          apiUrl: 'http://127.0.0.1:9/api/',
        },
        listen: { host: '127.0.0.1', port: first.port() ?? 0 },
      },
      installation: { teamId: 'T', botId: 'B', botUserId: 'U' },
      deliveries: remember(),
      log: first.log,
      now: () => new Date(),
      newSupportId: () => 'S',
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(second.healthy()).toBe(false);
  });
});

describe('two things of the same moment', () => {
  it('run side by side: a slow one holds up no other', async () => {
    const gate = deferred();
    const { post } = await start({
      listen: (app) => {
        app.view('slow', async ({ ack }) => {
          await gate.promise;
          await ack();
        });
        pong(app);
        app.event('app_mention', () => Promise.resolve());
      },
    });
    const slow = post(submission('slow', 't1'));
    expect(await post(command())).toMatchObject({ body: 'pong' });
    expect(await post(mention('E9'))).toMatchObject({ status: 200, body: '' });
    gate.resolve();
    expect(await slow).toMatchObject({ status: 200, body: '' });
  });
});

const deferred = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

/** What a request must have for its body to be looked at. */
const head = (): string =>
  [
    'host: x',
    `x-slack-request-timestamp: ${Math.floor(Date.now() / 1000)}`,
    `x-slack-signature: v0=${'0'.repeat(64)}`,
    '',
  ].join('\r\n');

/** Everything a server says to these requests, one after the other on one connection. */
const raw = (port: number, requests: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const text of requests) socket.write(text);
    });
    socket.on('data', (data) => {
      heard += data.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(heard);
    });
  });

/** A connection on which one request was answered and that is kept open. */
const idle = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n');
    });
    socket.once('data', () => {
      resolve(socket);
    });
  });
