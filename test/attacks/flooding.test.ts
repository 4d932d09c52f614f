import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { build } from '../process/kit/built.js';
import { openDesk } from '../process/kit/desk.js';
import { slackIdOf } from '../process/kit/town.js';
import { type Bot, type BotOptions, command, post, startBot } from '../slack-transport/kit/bot.js';

const MB = 1024 * 1024;

let bot: Bot | null = null;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const it of sockets) it.destroy();
  sockets = [];
  await bot?.stop({ deadlineMs: 1000 });
  bot = null;
});

const pong: BotOptions['listen'] = (app) => {
  app.command('/handle', async ({ ack }) => {
    await ack('pong');
  });
};

const opensBot = async (options: Partial<BotOptions> = {}): Promise<Bot> => {
  bot = await startBot({ listen: pong, ...options });
  return bot;
};

interface Connection {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly closed: Promise<void>;
  /** Something was heard, or the connection is over. */
  readonly answered: Promise<void>;
}

const connects = (port: number, says = ''): Promise<Connection> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    const closed = new Promise<void>((over) => {
      socket.once('close', () => {
        over();
      });
    });
    const answered = new Promise<void>((over) => {
      socket.on('data', (data) => {
        text += data.toString();
        over();
      });
      socket.once('close', () => {
        over();
      });
    });
    socket.once('connect', () => {
      socket.write(says);
      resolve({ socket, heard: () => text, closed, answered });
    });
    socket.once('close', () => {
      resolve({ socket, heard: () => text, closed, answered });
    });
  });

/** The head of a request that could be Slack's, for all that its head shows. */
const forged = (length: number, more: Readonly<Record<string, string>> = {}): string => {
  const headers = {
    host: 'x',
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
    'x-slack-signature': `v0=${'0'.repeat(64)}`,
    'content-type': 'application/json',
    'content-length': String(length),
    ...more,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `POST /slack/events HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
};

const portOf = (it: Bot): number => it.port() ?? 0;

describe('Whoever does not hold Slack’s signing secret cannot keep Slack out, whatever they send or leave unsent', () => {
  it('300 idle connections to each listener of a program that may open 128 files: a signed command and a probe are answered at once, and the idle ones are closed within seconds', async () => {
    const built = await build('flooding');
    const desk = await openDesk(built);
    try {
      const { at } = await desk.opens({}, { openFiles: 128 });
      const ports = [at.slack, at.ops].map((url) => Number(new URL(url ?? '').port));
      const [slack = 0, ops = 0] = ports;
      const idle = ports.flatMap((port) => Array.from({ length: 300 }, () => connects(port)));
      const opened = await Promise.all(idle);
      const began = performance.now();

      const { signingSecret: secret, state } = desk.town.slack;
      const asked = { text: 'help', user_id: slackIdOf('p1'), team_id: state.team.id };
      const reply = await post(slack, command(asked), { secret });
      const probe = await fetch(`http://127.0.0.1:${String(ops)}/livez`);

      expect(reply.status).toBe(200);
      expect(reply.body).toContain('/handle');
      expect(await probe.text()).toBe('alive\n');
      expect(performance.now() - began).toBeLessThan(2_500);
      const metrics = await (await fetch(`http://127.0.0.1:${String(ops)}/metrics`)).text();
      expect(counted(metrics, 'listener="slack",how="displaced"')).toBeGreaterThan(200);
      expect(counted(metrics, 'listener="ops",how="displaced"')).toBeGreaterThan(200);
      await Promise.all(opened.map((it) => it.closed));
      expect(performance.now() - began).toBeLessThan(10_000);
    } finally {
      await desk.close();
      await built.remove();
    }
  }, 60_000);

  it('connections that once asked for something else, and stay open: the newest request still finds a place', async () => {
    const dropped: string[] = [];
    const { post: posts, ...it } = await opensBot({
      door: { room: 5, dropped: (how) => dropped.push(how) },
    });
    const elsewhere = 'GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n';
    const kept = await Promise.all(
      Array.from({ length: 5 }, () => connects(it.port() ?? 0, elsewhere)),
    );
    await Promise.all(kept.map(({ answered }) => answered));
    expect(await posts(command())).toMatchObject({ status: 200, body: 'pong' });
    expect(dropped).toContain('displaced');
  });

  it('a flood of newcomers while Slack waits for an answer: that connection keeps its place', async () => {
    let goOn: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let entered: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const it = await opensBot({
      door: { room: 3 },
      listen: (app) => {
        app.command('/handle', async ({ ack }) => {
          entered();
          await waits;
          await ack('pong');
        });
      },
    });
    const reply = it.post(command());
    await running;
    const flood = await Promise.all(Array.from({ length: 20 }, () => connects(portOf(it))));
    await flood[0]?.closed;
    goOn();
    expect(await reply).toMatchObject({ status: 200, body: 'pong' });
  });

  it('bodies without a signature, with an old or future one, or to another address: refused from their head, and not a byte of them is waited for', async () => {
    const it = await opensBot();
    const seconds = Math.floor(Date.now() / 1000);
    const heads = [
      forged(200_000).replace('/slack/events', '/slack/event'),
      forged(200_000, { 'x-slack-signature': '' }),
      forged(200_000, { 'x-slack-signature': 'v0=abc' }),
      forged(200_000, { 'x-slack-request-timestamp': 'now' }),
      forged(200_000, { 'x-slack-request-timestamp': String(seconds - 301) }),
      forged(200_000, { 'x-slack-request-timestamp': String(seconds + 120) }),
      'POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
    ];
    const all = await Promise.all(heads.map((head) => connects(portOf(it), head)));
    await Promise.all(all.map(({ closed }) => closed));
    expect(all.map(({ heard }) => heard().split('\r\n')[0])).toEqual([
      'HTTP/1.1 404 Not Found',
      ...Array.from({ length: 6 }, () => 'HTTP/1.1 401 Unauthorized'),
    ]);
  });

  it('a body of a gigabyte, announced or not: answered with 413 and cut off, not read', async () => {
    const it = await opensBot();
    const endless = 'x'.repeat(MB);
    const chunk = `100000\r\n${endless}\r\n`;
    const chunked = forged(0).replace('content-length: 0', 'transfer-encoding: chunked');
    for (const [head, piece] of [
      [forged(1000 * MB), endless],
      [chunked, chunk],
    ] as const) {
      const { socket, closed, heard } = await connects(portOf(it), head);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(piece));
        if (!socket.destroyed) socket.once('drain', pour);
      };
      pour();
      await closed;
      expect(heard()).toMatch(/^HTTP\/1.1 413 /);
      // What the two kernels keep between them, and not what the bot reads.
      expect(socket.bytesWritten - socket.writableLength).toBeLessThan(32 * MB);
    }
  });

  it('a hundred large bodies that stop before their last byte: the surplus gets 503, and a signed command passes by them', async () => {
    const refusals: number[] = [];
    const it = await opensBot({ door: { refused: (status) => refusals.push(status) } });
    const size = 250_000;
    const all = await Promise.all(
      Array.from({ length: 100 }, () => connects(portOf(it), forged(size) + 'x'.repeat(size - 1))),
    );
    // 33 of these are 8 MB.
    await reached(() => refusals.length >= 67);
    expect(await it.post(command())).toMatchObject({ status: 200, body: 'pong' });
    expect(refusals).toEqual(Array.from({ length: 67 }, () => 503));
    const cut = all.filter(({ heard }) => heard().startsWith('HTTP/1.1 503 '));
    expect(cut).toHaveLength(67);
    await Promise.all(cut.map(({ closed }) => closed));
  });

  it('five hundred forged requests: one line in the log, not five hundred', async () => {
    const it = await opensBot();
    for (let round = 0; round < 10; round += 1) {
      const all = Array.from({ length: 50 }, () => it.post(command(), { secret: 'guessed' }));
      expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([401]));
    }
    const told = it.lines().filter((line) => String(line['msg']).includes('signature'));
    expect(told).toMatchObject([
      { msg: 'refused a Slack request whose signature is wrong', times: 1 },
    ]);
  });
});

const counted = (metrics: string, labels: string): number => {
  const start = `handle_desk_connections_dropped_total{${labels}} `;
  const line = metrics.split('\n').find((it) => it.startsWith(start));
  return Number(line?.slice(start.length) ?? 0);
};

/** Looks again each time the loop comes round. */
const reached = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((resolve) => setImmediate(resolve));
};
