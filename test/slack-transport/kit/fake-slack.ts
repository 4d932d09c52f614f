import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const Chunk = z.instanceof(Buffer);

export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** How one call is answered: a JSON body with status 200, or by hand. */
export type Answer =
  | Readonly<Record<string, unknown>>
  | ((call: Call, response: ServerResponse) => void | Promise<void>);

export interface FakeSlack {
  readonly apiUrl: string;
  readonly origin: string;
  readonly calls: Call[];
  readonly called: (method: string) => readonly Call[];
  /** The next answers of a method; the last one stays. */
  readonly answer: (method: string, ...answers: Answer[]) => void;
  readonly close: () => Promise<void>;
}

/** A Web API that answers what a test says, and keeps what it was asked. */
export const startFakeSlack = async (): Promise<FakeSlack> => {
  const calls: Call[] = [];
  const answers = new Map<string, Answer[]>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      const method = (request.url ?? '').replace('/api/', '');
      const { authorization } = request.headers;
      const call = {
        method,
        args: Object.fromEntries(new URLSearchParams(body)),
        authorization,
        body,
      };
      calls.push(call);
      const queue = answers.get(method) ?? [];
      const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? {
        ok: false,
        error: 'unknown_method',
      };
      if (typeof answer === 'function') await answer(call, response);
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    })();
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    apiUrl: `${origin}/api/`,
    origin,
    calls,
    called: (method) => calls.filter((call) => call.method === method),
    answer: (method, ...given) => void answers.set(method, given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

export const read = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Chunk.parse(chunk));
  return Buffer.concat(chunks).toString();
};

export const limited =
  (retryAfter?: number): Answer =>
  (_, response) => {
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    response.writeHead(429).end(JSON.stringify({ ok: false, error: 'ratelimited' }));
  };

export const status =
  (code: number): Answer =>
  (_, response) =>
    void response.writeHead(code).end('<html>a gateway</html>');

export const html: Answer = (_, response) => void response.end('<html>SECRETPAGE</html>');

export const dropped: Answer = (_, response) => void response.destroy();
