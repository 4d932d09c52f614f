import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import {
  createOnezone,
  type Onezone,
  type OnezoneConfig,
  type OnezoneDeps,
} from '../../src/onezone/onezone.js';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Counts TCP connections from 1. */
  readonly connection: number;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Sends the headers and this much of the body, then nothing more. */
  readonly stall?: boolean;
}

/** An answer that never ends, a little more of it every 20 ms. */
export interface Drip {
  readonly drips: 'early hints' | 'headers' | 'body';
}

/** What the zone does with a call: an answer, a dead socket, silence, or an answer without end. */
export type Behaviour = Answer | Drip | 'reset' | 'hang';
/** `METHOD /path` below the prefix, or of the whole server. */
export type Script = Readonly<Record<string, Behaviour | ((seen: Seen) => Behaviour)>>;

export interface ScriptedZone {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** The calls that are not part of connecting, as `METHOD /path` below the prefix. */
  readonly calls: () => readonly string[];
  readonly client: (config?: Partial<OnezoneConfig>, deps?: OnezoneDeps) => Onezone;
  readonly stop: () => Promise<void>;
}

export const PREFIX = '/api/v3/onezone';
export const TOKEN = 'MDAxY2xvY2F0aW9uIG9uZXpvbmUKsecret';
export const SERVICE = '054900fc799a7f14451e99fac94f351ach7099';
export const USER = '7434b256e71e1052e0d5e3e9da657ebfch1a2b';
export const ALL_PRIVILEGES = [
  'handle_service_delete',
  'handle_service_list_handles',
  'handle_service_manage_handles',
  'handle_service_register_handle',
  'handle_service_update',
  'handle_service_view',
];

/** Enough of an Onezone to connect to, whose credentials may do everything. */
const connecting: Script = {
  'GET /configuration': { json: { name: 'Zone', version: '21.02.7', domain: 'zone.example.org' } },
  'GET /handle_services/privileges': {
    json: { member: ['handle_service_view'], admin: ALL_PRIVILEGES },
  },
  'POST /tokens/verify_access_token': { json: { subject: { type: 'user', id: 'bot' }, ttl: null } },
  'POST /tokens/examine': {
    json: { subject: { type: 'user', id: 'bot' }, persistence: 'named', caveats: [] },
  },
  'GET /user': { json: { userId: 'bot', fullName: 'Handle bot', username: null } },
  'GET /user/effective_privileges': {
    json: {
      privileges: [
        'oz_handle_services_list',
        'oz_handle_services_add_relationships',
        'oz_users_add_relationships',
      ],
    },
  },
};

/** The handler sees bytes as they come: what a real server does that a mock would be too polite for. */
export async function startScriptedZone(
  script: Script = {},
  { tls = false, prefix = PREFIX }: { readonly tls?: boolean; readonly prefix?: string } = {},
): Promise<ScriptedZone> {
  const seen: Seen[] = [];
  const sockets: Socket[] = [];
  const server: Server = tls ? createTlsServer(pair()) : createServer();
  const whole = { ...connecting, ...script };

  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => sockets.push(socket));
  server.on('request', (request, response) => {
    void read(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const call = { method, path, headers, body, connection: sockets.indexOf(request.socket) + 1 };
      seen.push(call);
      const entry = whole[`${method} ${below(path)}`] ?? whole[`${method} //${path}`];
      const behaviour = typeof entry === 'function' ? entry(call) : (entry ?? nothingHere(method));
      if (behaviour === 'hang') return;
      if (behaviour === 'reset') {
        request.socket.destroy();
        return;
      }
      if ('drips' in behaviour) {
        drip(request.socket, behaviour);
        return;
      }
      const {
        status = 200,
        json,
        text = json === undefined ? '' : JSON.stringify(json),
      } = behaviour;
      response.writeHead(status, { 'content-type': 'application/json', ...behaviour.headers });
      if (behaviour.stall === true) response.write(text);
      else response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const clients: Onezone[] = [];

  function below(path: string): string {
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : `//${path}`;
  }

  return {
    url,
    seen,
    calls: () =>
      seen
        .map(({ method, path }) => `${method} ${below(path)}`)
        .filter((call) => !(call in connecting)),
    client: (config = {}, deps = {}) => {
      const client = createOnezone(
        { url, credentials: { token: TOKEN }, ...config },
        { sleep: () => Promise.resolve(), ...deps },
      );
      clients.push(client);
      return client;
    },
    stop: async () => {
      server.closeAllConnections();
      await Promise.all(clients.map((client) => client.close()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As raw bytes: Node's own server would not send such a thing. */
function drip(socket: Socket, { drips }: Drip): void {
  const start = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
  const pieces = {
    'early hints': ['', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
    headers: [start, 'x'],
    body: [`${start}content-length: 100000\r\n\r\n`, ' '],
  } as const;
  const [first, more] = pieces[drips];
  socket.write(first);
  const timer = setInterval(() => socket.write(more), 20);
  socket.on('close', () => {
    clearInterval(timer);
  });
  socket.on('error', () => undefined);
}

/** Onezone's answer to a path that it does not know. */
function nothingHere(method: string): Answer {
  return { status: method === 'GET' ? 404 : 405 };
}

export function refusal(status: number, id: string, details?: object): Answer {
  return { status, json: { error: { id, details, description: 'Not for parsing.' } } };
}

/** A private authority and a certificate of its for 127.0.0.1, both good for a hundred years. */
export function pem(name: 'ca' | 'server'): string {
  return readFileSync(join(__dirname, 'tls', `${name}.pem`), 'utf8');
}

function pair() {
  return { cert: pem('server'), key: readFileSync(join(__dirname, 'tls', 'server.key'), 'utf8') };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(request, 'end');
  return text;
}

/** What the promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}
