import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ZodType } from 'zod';
import type { Desk } from './desk.js';
import { sendFile } from './files.js';
import type { Gate } from './gate.js';
import { readJsonBody, secure, sendJson, sendText } from './http.js';
import * as wishes from './wishes.js';

interface Parts {
  readonly gate: Gate;
  readonly desk: Desk;
  /** The folder of the built page. */
  readonly files: string;
}

/** The page's few addresses: its files, one stream of what is shown, and wishes. */
export function createRouter(parts: Parts): RequestListener {
  return (request, response) => {
    secure(response);
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
  const target = base + (request.url ?? '/');
  const url = new URL(URL.canParse(target) ? target : base);
  const turned = gate.check(request, url);
  if (turned !== null) {
    sendText(response, turned.status, turned.why);
    return;
  }
  const welcome = gate.welcome(url);
  if (welcome !== null) {
    // The key leaves the address, so that it is in no screenshot and no history.
    response.writeHead(303, { location: '/', 'set-cookie': welcome }).end();
  } else if (request.method === 'POST') {
    await grant(desk, url.pathname, request, response);
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

const base = 'http://page.invalid';

type Wish = (desk: Desk, body: unknown) => Promise<unknown>;

const table: Readonly<Record<string, Wish>> = {
  '/do/act': wish(wishes.act, (desk, act) => desk.act(act)),
  '/do/turn': wish(wishes.turn, (desk, { name, on }) => {
    desk.turn(name, on);
    return Promise.resolve({});
  }),
  '/do/bot': wish(wishes.bot, async (desk, { do: what }) => {
    await desk.bot(what);
    return {};
  }),
  '/do/look': wish(wishes.nothing, async (desk) => {
    await desk.look();
    return {};
  }),
};

/** Undefined: the body is not what this wish needs. */
function wish<T>(schema: ZodType<T>, run: (desk: Desk, asked: T) => Promise<unknown>): Wish {
  return (desk, body) => {
    const read = schema.safeParse(body);
    return read.success ? run(desk, read.data) : Promise.resolve(undefined);
  };
}

async function grant(
  desk: Desk,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const run = Object.hasOwn(table, path) ? table[path] : undefined;
  if (run === undefined) {
    sendText(response, 404, 'There is no such wish.');
    return;
  }
  const done = await run(desk, await readJsonBody(request));
  if (done === undefined) sendText(response, 400, 'This is no wish of that kind.');
  else sendJson(response, 200, done);
}
