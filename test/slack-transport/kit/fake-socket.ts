import type { AddressInfo } from 'node:net';
import { type RawData, WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

const Ack = z.object({ envelope_id: z.string().optional(), payload: z.unknown() });
type Ack = z.infer<typeof Ack>;

export interface FakeSocket {
  readonly url: string;
  /** Connections that were made, oldest first. */
  readonly connections: readonly WebSocket[];
  /** Resolves when there have been so many connections. */
  readonly connected: (count: number) => Promise<void>;
  /** Sends on the newest connection. */
  readonly send: (frame: object) => void;
  readonly acks: readonly Ack[];
  /** Resolves when there have been so many acknowledgements. */
  readonly acked: (count: number) => Promise<void>;
  /** Resolves when this envelope was acknowledged. */
  readonly ackedTo: (id: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FakeSocketOptions {
  /** Slack's greeting; without it a connection is never ready. */
  readonly hello?: boolean;
  /** Whether pings are answered. */
  readonly pongs?: boolean;
}

/** Slack's end of Socket Mode. */
export const startFakeSocket = async (options: FakeSocketOptions = {}): Promise<FakeSocket> => {
  const { hello = true, pongs = true } = options;
  const connections: WebSocket[] = [];
  const acks: Ack[] = [];
  const watch = createWatch();
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: pongs });
  server.on('connection', (socket) => {
    connections.push(socket);
    if (hello) socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    socket.on('message', (data) => {
      acks.push(Ack.parse(JSON.parse(text(data))));
      watch.changed();
    });
    socket.on('error', () => undefined);
    watch.changed();
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.on('listening', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
    });
  });
  return {
    url: `ws://127.0.0.1:${port}/link?ticket=CANARY-ticket`,
    connections,
    connected: (count) => watch.until(() => connections.length >= count),
    send: (frame) => {
      connections.at(-1)?.send(JSON.stringify(frame));
    },
    acks,
    acked: (count) => watch.until(() => acks.length >= count),
    ackedTo: (id) => watch.until(() => acks.some(({ envelope_id: one }) => one === id)),
    close: () =>
      new Promise((resolve) => {
        // With a closing handshake: cut while closing, the SDK leaves a timer of 30 s behind.
        for (const socket of connections) socket.close(1001);
        server.close(() => {
          resolve();
        });
      }),
  };
};

/** Lets a test wait for something to become true, without looking again and again. */
const createWatch = () => {
  const waiting = new Set<() => void>();
  return {
    changed: () => {
      for (const look of waiting) look();
    },
    until: (isTrue: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = () => {
          if (!isTrue()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
};

const text = (data: RawData): string =>
  Buffer.isBuffer(data)
    ? data.toString()
    : Buffer.concat([data].flat().map((part) => Buffer.from(new Uint8Array(part)))).toString();
