import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ZodType } from 'zod';
import type { Desk } from './desk.js';
import { sendFile } from './files.js';
import type { Gate } from './gate.js';
import { readJsonBody, setSecurityHeaders, sendJson, sendText } from './http.js';
import * as bodies from './api.js';

interface Parts {
  readonly gate: Gate;
  readonly desk: Desk;
  /** The folder of the built page. */
  readonly files: string;
}

/** Routes: the page's files, the event stream, and the POST endpoints. */
export function createRouter(parts: Parts): RequestListener {
  return (request, response) => {
    setSecurityHeaders(response);
    serve(parts, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'Something went wrong in the sandbox.');
    });
  };
}

async function serve(
  { gate, desk, files }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = BASE_URL + (request.url ?? '/');
  const url = new URL(URL.canParse(target) ? target : BASE_URL);
  const rejection = gate.check(request, url);
  if (rejection !== null) {
    sendText(response, rejection.status, rejection.why);
    return;
  }
  const cookie = gate.cookieFor(url);
  if (cookie !== null) {
    // Removes the key from the URL, so that screenshots and the history do not contain it.
    response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
  } else if (request.method === 'POST') {
    await handlePost(desk, url.pathname, request, response);
  } else if (request.method !== 'GET') {
    sendText(response, 405, 'Only GET and POST.');
  } else if (url.pathname === '/live') {
    const as = url.searchParams.get('as') ?? desk.first;
    if (desk.knows(as)) desk.streams.add(response, as);
    else sendText(response, 404, 'There is no such person.');
  } else if (!(await sendFile(response, files, url.pathname))) {
    sendText(response, 404, 'There is nothing here.');
  }
}

const BASE_URL = 'http://page.invalid';

type Endpoint = (desk: Desk, body: unknown) => Promise<unknown>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/do/act': endpoint(bodies.act, (desk, act) => desk.act(act)),
  '/do/fault': endpoint(bodies.setFault, (desk, { name, on }) => {
    desk.setFault(name, on);
    return Promise.resolve({});
  }),
  '/do/bot': endpoint(bodies.setBot, async (desk, { do: what }) => {
    await desk.bot(what);
    return {};
  }),
  '/do/check-chain': endpoint(bodies.nothing, async (desk) => {
    await desk.checkChain();
    return {};
  }),
};

/** The endpoint resolves to undefined if the body does not match the schema. */
function endpoint<T>(
  schema: ZodType<T>,
  run: (desk: Desk, asked: T) => Promise<unknown>,
): Endpoint {
  return (desk, body) => {
    const read = schema.safeParse(body);
    return read.success ? run(desk, read.data) : Promise.resolve(undefined);
  };
}

async function handlePost(
  desk: Desk,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const run = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (run === undefined) {
    sendText(response, 404, 'There is no such endpoint.');
    return;
  }
  const done = await run(desk, await readJsonBody(request));
  if (done === undefined) sendText(response, 400, 'The body does not match this endpoint.');
  else sendJson(response, 200, done);
}
