import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import { createBoltLogger } from '../../src/slack/transport/bolt-logger.js';
import { interactiveOptions } from '../../src/slack/transport/clients.js';
import { createIngress } from '../../src/slack/transport/ingress.js';
import { createSocketIntake } from '../../src/slack/transport/socket.js';
import { createSlackApp } from '../../src/slack/transport/app.js';
import { botToken, installation, remember } from './kit/bot.js';
import { startFakeSlack, status, type FakeSlack } from './kit/fake-slack.js';
import { startFakeSocket, type FakeSocket, type FakeSocketOptions } from './kit/fake-socket.js';
import { createLog, type Written } from './kit/log.js';

const appToken = 'xapp-CANARY-app-token';

let slack: FakeSlack;
let socket: FakeSocket;
let written: Written;
let stop: () => Promise<void> = () => Promise.resolve();

beforeEach(async () => {
  slack = await startFakeSlack();
  written = createLog();
});
afterEach(async () => {
  await stop();
  stop = () => Promise.resolve();
  await socket.close();
  await slack.close();
});

const open = async (options: FakeSocketOptions = {}): Promise<void> => {
  socket = await startFakeSocket(options);
  slack.answer('apps.connections.open', { ok: true, url: socket.url });
};

const config = () => ({
  slack: { botToken, mode: { kind: 'socket', appToken } as const, apiUrl: slack.apiUrl },
  listen: { host: '127.0.0.1', port: 0 },
});

/** The intake under a Bolt app, with short waits. */
let waits: readonly number[] = [];
const connect = (listen: (app: App) => void = () => undefined, silenceMs = 60_000) => {
  const ownWaits: number[] = [];
  waits = ownWaits;
  const boltLogger = createBoltLogger(written.log);
  const ingress = createIngress({
    installation: { teamId: 'T0TEAM' },
    deliveries: remember(),
    log: written.log,
    now: () => new Date(),
    newSupportId: () => 'SUPPORT1',
  });
  const intake = createSocketIntake({
    config: config(),
    ingress,
    boltLogger,
    log: written.log,
    now: () => new Date(),
    appToken,
    backOffMs: (failures) => {
      ownWaits.push(failures);
      return 1;
    },
    silenceMs,
  });
  const app = new App({
    receiver: intake,
    authorize: () => Promise.resolve({ botToken, ...installation }),
    convoStore: false,
    logger: boltLogger,
    clientOptions: interactiveOptions(config().slack, boltLogger),
  });
  listen(app);
  stop = () => intake.stop({ deadlineMs: 1000 });
  return intake;
};

const slash = (id: string, trigger = id) => ({
  envelope_id: id,
  type: 'slash_commands',
  accepts_response_payload: true,
  payload: {
    command: '/handle',
    text: 'CANARY-typed',
    user_id: 'U0ANN',
    team_id: 'T0TEAM',
    trigger_id: trigger,
  },
});

const said = (id: string, eventId: string) => ({
  envelope_id: id,
  type: 'events_api',
  payload: {
    type: 'event_callback',
    team_id: 'T0TEAM',
    event_id: eventId,
    event: {
      type: 'app_mention',
      user: 'U0ANN',
      channel: 'C0CHAN',
      ts: '1.2',
      text: 'CANARY-said',
    },
  },
});

const pong = (app: App): void => {
  app.command('/handle', async ({ ack }) => {
    await ack('pong');
  });
};

describe('the connection', () => {
  it('answers a command', async () => {
    await open();
    const intake = connect(pong);
    await intake.start();
    expect(intake.healthy()).toBe(true);
    socket.send(slash('e1'));
    await socket.acked(1);
    expect(socket.acks).toEqual([{ envelope_id: 'e1', payload: { text: 'pong' } }]);
  });

  it('is guarded: an unknown command is answered, a redelivery runs once', async () => {
    await open();
    const ran: string[] = [];
    await connect((app) => {
      app.event('app_mention', ({ body }) => {
        ran.push(body.event_id);
        return Promise.resolve();
      });
    }).start();
    socket.send(slash('e1'));
    socket.send(said('e2', 'Ev1'));
    socket.send(said('e2', 'Ev1'));
    socket.send(said('e3', 'Ev1'));
    await socket.acked(4);
    expect(socket.acks).toContainEqual({
      envelope_id: 'e1',
      payload: { response_type: 'ephemeral', text: 'I do not know /handle. Try `/handle help`.' },
    });
    await stop();
    expect(ran).toEqual(['Ev1']);
  });

  it('is opened with the app token, and what listeners call goes out with the bot token', async () => {
    await open();
    slack.answer('users.info', { ok: true });
    const bot = createSlackApp({
      config: config(),
      installation,
      deliveries: remember(),
      log: written.log,
      now: () => new Date(),
      newSupportId: () => 'S',
    });
    bot.app.command('/handle', async ({ ack, client }) => {
      await client.users.info({ user: 'U0ANN' });
      await ack();
    });
    stop = () => bot.stop({ deadlineMs: 1000 });
    await bot.start();
    expect(bot.port()).toBeNull();
    socket.send(slash('e1'));
    await socket.acked(1);
    expect(slack.calls.map(({ method, authorization }) => [method, authorization])).toEqual([
      ['apps.connections.open', `Bearer ${appToken}`],
      ['users.info', `Bearer ${botToken}`],
    ]);
  });

  it.each([
    ['nothing inside', { type: 'events_api', envelope_id: 'x', payload: {} }],
    ['no payload', { type: 'events_api', envelope_id: 'x' }],
    ['a type that nobody knows', { type: 'app_rate_limited', envelope_id: 'x' }],
    ['no type', {}],
    ['a list', []],
  ])('survives an envelope with %s', async (_, frame) => {
    await open();
    const intake = connect(pong);
    await intake.start();
    socket.send(frame);
    socket.send(slash('e1'));
    await socket.ackedTo('e1');
    expect(socket.acks).toContainEqual({ envelope_id: 'e1', payload: { text: 'pong' } });
    expect(intake.healthy()).toBe(true);
  });
});

describe('when Slack asks for a new connection', () => {
  it.each(['warning', 'refresh_requested'])('it is opened at once: %s', async (reason) => {
    await open();
    const intake = connect(pong);
    await intake.start();
    socket.send({ type: 'disconnect', reason });
    await socket.connected(2);
    socket.send(slash('e1'));
    await socket.acked(1);
    expect(socket.acks[0]).toEqual({ envelope_id: 'e1', payload: { text: 'pong' } });
    expect(intake.healthy()).toBe(true);
  });

  it('what came in on the old one is still answered there', async () => {
    await open();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await connect((app) => {
      app.command('/handle', async ({ ack }) => {
        await finished;
        await ack('answered on the old one');
      });
    }).start();
    socket.send(slash('e1'));
    socket.send({ type: 'disconnect', reason: 'refresh_requested' });
    await socket.connected(2);
    finish();
    await socket.acked(1);
    expect(socket.acks).toEqual([
      { envelope_id: 'e1', payload: { text: 'answered on the old one' } },
    ]);
    await closing(0);
    expect(socket.connections.map(({ readyState }) => readyState)).toEqual([3, 1]);
  });
});

const closing = (index: number): Promise<void> =>
  new Promise((resolve) => {
    const old = socket.connections[index];
    if (old === undefined || old.readyState === 3) resolve();
    else
      old.once('close', () => {
        resolve();
      });
  });

describe('when the connection is lost', () => {
  it('another is opened, however often it fails, and the process lives', async () => {
    await open();
    const intake = connect(pong);
    await intake.start();
    slack.answer(
      'apps.connections.open',
      status(500),
      { ok: false, error: 'account_inactive' },
      { ok: false, error: 'internal_error' },
      { ok: true, url: 'ws://127.0.0.1:1/nobody' },
      { ok: true, url: socket.url },
    );
    socket.connections[0]?.terminate();
    await socket.connected(2);
    socket.send(slash('e1'));
    await socket.acked(1);
    expect(intake.healthy()).toBe(true);
    const faults = written.lines().filter(({ msg }) => msg === 'no connection to Slack');
    expect(faults).toHaveLength(4);
  });

  it('the bot says that it is not healthy', async () => {
    await open();
    const intake = connect(pong);
    await intake.start();
    const asked = new Promise<void>((resolve) => {
      slack.answer('apps.connections.open', () => {
        resolve();
      });
    });
    socket.connections[0]?.terminate();
    await asked;
    expect(intake.healthy()).toBe(false);
  });

  it('as soon as it is there, again and again, it is tried more and more slowly', async () => {
    await open();
    await connect().start();
    for (const count of [1, 2, 3, 4]) {
      await socket.connected(count);
      socket.send({ type: 'disconnect', reason: 'link_disabled' });
    }
    await socket.connected(5);
    expect(waits).toEqual([1, 2, 3]);
  });

  it('by silence, another is opened: no pong, no word', async () => {
    await open({ pongs: false });
    await connect(pong, 30).start();
    await socket.connected(2);
    expect(written.text()).toContain('the connection to Slack has gone silent');
  });
});

describe('a start', () => {
  it('says that Slack refuses the app token', async () => {
    await open();
    slack.answer('apps.connections.open', { ok: false, error: 'invalid_auth' });
    await expect(connect().start()).rejects.toMatchObject({
      name: 'SlackStartError',
      message: 'Slack does not accept SLACK_APP_TOKEN (invalid_auth).',
    });
  });

  it('during an outage goes on trying', async () => {
    await open();
    slack.answer('apps.connections.open', status(503), { ok: true, url: socket.url });
    const intake = connect(pong);
    await intake.start();
    expect(intake.healthy()).toBe(false);
    await socket.connected(1);
    socket.send(slash('e1'));
    await socket.acked(1);
    expect(intake.healthy()).toBe(true);
  });
});

describe('a stop', () => {
  it('answers what came in, closes, and then finishes the work', async () => {
    await open();
    const steps: string[] = [];
    const gates = [deferred(), deferred()] as const;
    const entered = deferred();
    const intake = connect((app) => {
      app.command('/handle', async ({ ack }) => {
        entered.resolve();
        await gates[0].promise;
        await ack('answered');
        await gates[1].promise;
        steps.push('work');
      });
    });
    await intake.start();
    socket.send(slash('e1'));
    await entered.promise;
    const stopping = intake.stop({ deadlineMs: 10_000 }).then(() => steps.push('stopped'));
    expect(intake.healthy()).toBe(false);
    gates[0].resolve();
    await closing(0);
    expect(socket.acks).toEqual([{ envelope_id: 'e1', payload: { text: 'answered' } }]);
    gates[1].resolve();
    await stopping;
    expect(steps).toEqual(['work', 'stopped']);
    expect(socket.connections).toHaveLength(1);
  });

  it('ends the trying', async () => {
    await open();
    slack.answer('apps.connections.open', status(503));
    const intake = connect();
    await intake.start();
    await intake.stop({ deadlineMs: 1000 });
    expect(intake.healthy()).toBe(false);
    expect(socket.connections).toHaveLength(0);
  });
});

it('writes no token, no ticket and nothing that people typed into the log', async () => {
  await open();
  await connect((app) => {
    app.command('/handle', () => Promise.reject(new Error('broken')));
  }).start();
  socket.send(slash('e1'));
  socket.send(said('e2', 'Ev1'));
  await socket.acked(2);
  slack.answer(
    'apps.connections.open',
    { ok: false, error: 'account_inactive' },
    { ok: true, url: socket.url },
  );
  socket.connections[0]?.terminate();
  await socket.connected(2);
  expect(written.text()).toContain('a listener failed');
  expect(written.text()).not.toContain('CANARY');
});

const deferred = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
