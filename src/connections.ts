import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * `displaced`: closed to make room for a newer one, having said nothing that counts. `refused`: all places were taken by
 * connections whose requests are being answered.
 */
export type Dropped = 'displaced' | 'refused';

export interface Connections {
  /** Watches a server that has just begun to listen. */
  readonly watch: (server: Server) => void;
  /** What this connection asked for is being answered: it keeps its place until the returned function is called. */
  readonly hold: (socket: Socket) => () => void;
}

/**
 * Keeps a listener to so many connections. Idle ones must not shut out the next, so whoever connects takes the place of the oldest
 * stranger; those that once asked for something that counts go only when there is no stranger left.
 */
export function createConnections(
  room: number,
  dropped: (how: Dropped) => void = () => undefined,
): Connections {
  const all = new Set<Socket>();
  const strangers = new Set<Socket>();
  const known = new Set<Socket>();
  const held = new Map<Socket, number>();

  const makeRoomFor = (newcomer: Socket): void => {
    if (all.size < room) return;
    const oldest = first(strangers, newcomer) ?? first(known, newcomer);
    if (oldest === null) return;
    forget(oldest);
    oldest.destroy();
    dropped('displaced');
  };
  const forget = (socket: Socket): void => {
    for (const set of [all, strangers, known, held]) set.delete(socket);
  };
  const release = (socket: Socket): void => {
    const left = (held.get(socket) ?? 0) - 1;
    if (left > 0) {
      held.set(socket, left);
      return;
    }
    held.delete(socket);
    if (all.has(socket)) known.add(socket);
  };

  return {
    watch: (server) => {
      // Reached only when every connection is held: before that, each newcomer leaves one place free for the next.
      server.maxConnections = room;
      server.on('connection', (socket) => {
        all.add(socket);
        strangers.add(socket);
        socket.once('close', () => {
          forget(socket);
        });
        makeRoomFor(socket);
      });
      server.on('drop', () => {
        dropped('refused');
      });
    },
    hold: (socket) => {
      strangers.delete(socket);
      known.delete(socket);
      held.set(socket, (held.get(socket) ?? 0) + 1);
      let over = false;
      return () => {
        if (over) return;
        over = true;
        release(socket);
      };
    },
  };
}

function first(set: ReadonlySet<Socket>, but: Socket): Socket | null {
  for (const socket of set) if (socket !== but) return socket;
  return null;
}

/**
 * Times (ms) of a listener's server. A client that says nothing, or says it slowly, is gone within seconds; Node looks for such only
 * every 30 s unless told otherwise.
 */
export const patience = {
  headersTimeout: 3_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;

/** A refused client may read its answer for so long. */
const FAREWELL_MS = 500;

/**
 * Answers a request with a status alone. A body that was not read to its end is left unread, so nothing more can come on its
 * connection, which is closed.
 */
export function farewell(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (request.complete || !hasBody(request)) {
    response.writeHead(status).end();
    return;
  }
  // Not ended: Node would then read the rest of the body.
  response.writeHead(status, { connection: 'close', 'content-length': '0' }).flushHeaders();
  setTimeout(() => {
    request.socket.destroy();
  }, FAREWELL_MS).unref();
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
