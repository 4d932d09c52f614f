import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { jsonIn } from '../json-in.js';
import type { Workspace } from '../workspace.js';
import type { Answer } from './http.js';

const maxConnections = 10;
const debugInfo = { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 };
const acknowledgement = z.looseObject({ envelope_id: z.string(), payload: z.unknown().optional() });

export interface SocketHub {
  readonly connected: number;
  /** For apps.connections.open: an address that can be used once. */
  ticketUrl(): string;
  send(envelope: Envelope, deadline: number): Promise<Answer>;
  disconnect(reason: string): void;
  drop(): void;
}

interface Envelope {
  readonly envelope_id: string;
  readonly [key: string]: unknown;
}

interface Waiting {
  readonly socket: WebSocket;
  settle(answer: Answer): void;
}

/** The other end of Socket Mode: hands out tickets, sends envelopes to one connection and waits for what comes back. */
export function createSocketHub(workspace: Workspace, server: Server): SocketHub {
  const upgrades = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const ticket = url.searchParams.get('ticket') ?? '';
    if (url.pathname !== '/link/' || !tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    upgrades.handleUpgrade(request, socket, head, welcome);
  });

  function welcome(socket: WebSocket): void {
    if (open.size >= maxConnections) {
      say(socket, { type: 'disconnect', reason: 'too_many_websockets', debug_info: debugInfo });
      socket.close();
      return;
    }
    open.add(socket);
    socket.on('message', (data) => {
      receive(rawText(data));
    });
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('close', () => {
      forget(socket);
    });
    say(socket, {
      type: 'hello',
      num_connections: open.size,
      debug_info: debugInfo,
      connection_info: { app_id: workspace.state.app.id },
    });
    workspace.tell({ type: 'sockets', connected: open.size });
  }

  function receive(text: string): void {
    const parsed = acknowledgement.safeParse(jsonIn(text));
    if (!parsed.success) return;
    const { envelope_id: id, payload } = parsed.data;
    const empty = payload === undefined || JSON.stringify(payload) === '{}';
    const body = empty ? '' : JSON.stringify(payload);
    waiting.get(id)?.settle({ kind: 'answered', status: 200, body, isJson: true, noRetry: false });
  }

  function forget(socket: WebSocket): void {
    open.delete(socket);
    for (const one of [...waiting.values()]) {
      if (one.socket === socket) one.settle({ kind: 'failed', why: 'the connection was closed' });
    }
    workspace.tell({ type: 'sockets', connected: open.size });
  }

  return {
    get connected() {
      return open.size;
    },
    ticketUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      const { id } = workspace.state.app;
      return `${workspace.origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${id}`;
    },
    send(envelope, deadline) {
      // The newest connection is the likeliest to be alive.
      const socket = [...open].at(-1);
      if (socket === undefined)
        return Promise.resolve({ kind: 'failed', why: 'nobody is connected' });
      return new Promise((resolve) => {
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          waiting.delete(envelope.envelope_id);
          resolve(answer);
        };
        const timer = setTimeout(() => {
          settle({ kind: 'timeout' });
        }, deadline);
        waiting.set(envelope.envelope_id, { socket, settle });
        say(socket, envelope);
      });
    },
    disconnect(reason) {
      for (const socket of open) {
        say(socket, { type: 'disconnect', reason, debug_info: debugInfo });
        if (reason !== 'warning') socket.close();
      }
    },
    drop() {
      for (const socket of open) socket.terminate();
    },
  };
}

function say(socket: WebSocket, frame: object): void {
  socket.send(JSON.stringify(frame));
}

function rawText(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
