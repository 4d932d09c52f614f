import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { jsonIn } from './json-in.js';
import type { ApiRequest } from './api/web-api.js';
import type { ResponseReply } from './responses.js';

/** Bytes of a request; Slack's own limit is not documented, and nothing sound comes near this. */
const maxBody = 5_000_000;

export interface Routes {
  readonly webApi: (request: ApiRequest) => void;
  readonly responseUrl: (key: string, body: unknown) => ResponseReply;
}

/** The sandbox's HTTP side: `/api/METHOD` and the response_urls. */
export function createListener(routes: Routes): RequestListener {
  return (incoming, response) => {
    readBody(incoming)
      .then((body) => {
        if (body === null) end(response, { status: 413, body: 'too large' });
        else serve(routes, { incoming, response, body });
      })
      .catch(() => {
        incoming.socket.destroy();
      });
  };
}

function serve(
  routes: Routes,
  request: {
    readonly incoming: IncomingMessage;
    readonly response: ServerResponse;
    readonly body: string;
  },
): void {
  const { incoming, response, body } = request;
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://sandbox');
  const method = /^\/api\/([\w.]+)$/.exec(pathname)?.[1];
  const key = /^\/(?:commands|actions)\/\w+\/(\w+)$/.exec(pathname)?.[1];
  if (method !== undefined) {
    const query = searchParams.toString();
    routes.webApi({ method, body: body === '' ? query : body, incoming, response });
  } else if (key !== undefined && incoming.method === 'POST') {
    end(response, routes.responseUrl(key, jsonIn(body)));
  } else {
    end(response, { status: 404, body: 'not found' });
  }
}

function end(response: ServerResponse, { status, body }: ResponseReply): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > maxBody) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
