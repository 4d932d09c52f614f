import { createServer, request as forward, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Program, ready, type Start, startProgram } from './program.js';
import type { Dice } from './random.js';
import type { Town } from './town.js';

/** Two processes of the bot behind one address, as a load balancer has them. */
export interface Replicas {
  readonly kills: () => number;
  /** What each of the two places logged. */
  readonly logs: () => readonly string[];
  start(): Promise<void>;
  /** Kills one or the other, at random moments, and starts it again. */
  killSome(count: number): Promise<void>;
  stop(): Promise<void>;
}

interface Place {
  program: Program | null;
  url: string | null;
  log: string;
}

export function createReplicas(town: Town, start: Start, dice: Dice): Replicas {
  const places: readonly Place[] = [none(), none()];
  let [kills, turn] = [0, 0];
  const balancer = createBalancer(() => {
    turn += 1;
    const here = places[turn % 2];
    return here?.url ?? places[(turn + 1) % 2]?.url ?? null;
  });

  async function open(place: Place): Promise<void> {
    place.program = startProgram(start);
    place.url = (await ready(place.program)).slack;
  }

  async function close(place: Place): Promise<void> {
    const { program } = place;
    place.url = null;
    if (program === null) return;
    program.signal('SIGKILL');
    await program.ended;
    place.log += program.out() + program.err();
    place.program = null;
  }

  return {
    kills: () => kills,
    logs: () => places.map((it) => it.log + (it.program?.out() ?? '')),
    start: async () => {
      await Promise.all(places.map(open));
      town.slack.setRequestUrl(await balancer.listen());
    },
    killSome: async (count) => {
      while (kills < count) {
        await pause(dice.between(300, 2_500));
        const place = dice.one(places);
        // A balancer sends requests to the dead for a while.
        const url = place.url;
        await close(place);
        kills += 1;
        place.url = url;
        await open(place);
      }
    },
    stop: async () => {
      await balancer.close();
      await Promise.all(places.map(close));
    },
  };
}

const none = (): Place => ({ program: null, url: null, log: '' });

/** Passes each request on, byte for byte; to the sender a dead replica looks like a reset connection. */
function createBalancer(next: () => string | null) {
  const server: Server = createServer((incoming, answer) => {
    const url = next();
    if (url === null) return void incoming.socket.destroy();
    const { method, headers } = incoming;
    const passed = forward(url, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    passed.on('error', () => incoming.socket.destroy());
    incoming.pipe(passed);
  });
  return {
    listen: () =>
      new Promise<string>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          const port = typeof address === 'object' && address !== null ? address.port : 0;
          resolve(`http://127.0.0.1:${port}/slack/events`);
        });
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
