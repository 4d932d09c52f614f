import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, emptyAnswer, rest } from './answer.js';
import { maskedBody, type ZoneCall } from './calls.js';
import { faultAnswer } from './fault-answer.js';
import { type FaultQueue, type ZoneFault } from './faults.js';
import { type FindPlace } from './find-route.js';
import { judge, type Judgement } from './judge.js';
import { type Zone } from './zone.js';

export interface ListenerParts {
  readonly zone: Zone;
  readonly findPlace: FindPlace;
  readonly faults: FaultQueue;
  readonly now: () => Date;
  readonly maxRequestsPerConnection: number;
  readonly called: (call: Omit<ZoneCall, 'seq'>) => void;
  readonly changed: () => void;
  /** Aborted at the end, so that no delayed answer keeps the process alive. */
  readonly ended: AbortSignal;
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export function zoneListener(parts: ListenerParts): Listener {
  const connections = connectionCounter();
  return (request, response) => {
    const arrival = { at: parts.now(), started: performance.now(), ...connections(request.socket) };
    const exchange: Exchange = { request, response, arrival, url: targetOf(request) };
    // Reading fails when the client goes away, waiting when the server ends: nobody is left to answer.
    serve(parts, exchange).catch(() => request.socket.destroy());
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: { readonly full: string; readonly path: string };
  readonly arrival: {
    readonly at: Date;
    readonly started: number;
    readonly connection: number;
    /** How many requests this connection has brought, this one included. */
    readonly count: number;
  };
}

async function serve(parts: ListenerParts, exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const fault = parts.faults.take(request.method ?? 'GET', url.path);
  const body = await readBody(request);
  const log = (outcome: Outcome) => {
    parts.called(callOf(exchange, { ...outcome, fault, body: body ?? '' }));
  };
  if (fault?.kind === 'reset-before' || fault?.kind === 'hang') {
    log({ status: fault.kind === 'hang' ? 'hang' : 'reset', errorId: null, actor: 'anonymous' });
    if (fault.kind === 'reset-before') request.socket.destroy();
    return;
  }
  if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: parts.ended });
  const { answer, actor } = outcomeOf(parts, exchange, { fault, body });
  if (fault?.kind === 'commit-then-reset' || fault?.kind === 'commit-then-hang') {
    const status = fault.kind === 'commit-then-hang' ? 'hang' : 'reset';
    log({ status, errorId: null, actor });
    if (status === 'reset') request.socket.destroy();
    return;
  }
  log({ status: answer.status, errorId: answer.errorId, actor });
  send(parts, exchange, answer);
}

function outcomeOf(
  parts: ListenerParts,
  { request, url }: Exchange,
  { fault, body }: { readonly fault: ZoneFault | null; readonly body: string | null },
): Judgement {
  const { zone, findPlace } = parts;
  const method = request.method ?? 'GET';
  const { headers } = request;
  const instead = fault === null ? null : faultAnswer(zone, fault);
  const isDone = fault?.kind === 'answer' && fault.commits === true;
  if (instead !== null && !isDone) return { answer: instead, actor: 'anonymous' };
  const elsewhere = withoutWww(headers.host, url.full);
  if (elsewhere !== null) return { answer: elsewhere, actor: 'anonymous' };
  // A body beyond cowboy's limit crashes the handler.
  if (body === null) return { answer: rest(zone, emptyAnswer(500)), actor: 'anonymous' };
  const peer = request.socket.remoteAddress ?? '';
  const judgement = judge(zone, findPlace, { method, path: url.path, headers, body, peer });
  if (method !== 'GET' && judgement.answer.status < 300) parts.changed();
  return instead === null ? judgement : { ...judgement, answer: instead };
}

function withoutWww(host: string | undefined, target: string): Answer | null {
  if (host?.startsWith('www.') !== true) return null;
  return emptyAnswer(301, { location: `https://${host.slice('www.'.length)}${target}` });
}

function send(parts: ListenerParts, { request, response, arrival }: Exchange, answer: Answer) {
  response.writeHead(answer.status, headersOf(answer));
  response.end(request.method === 'HEAD' ? undefined : answer.body);

  function headersOf({ status, headers, body }: Answer): Record<string, string> {
    const last = arrival.count >= parts.maxRequestsPerConnection;
    const closes = last || request.headers.connection === 'close';
    // Node announces keep-alive on its own; cowboy says nothing until it closes.
    if (!closes) response.removeHeader('connection');
    return {
      server: 'Cowboy',
      date: parts.now().toUTCString(),
      ...(status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
      ...(closes ? { connection: 'close' } : {}),
    };
  }
}

interface Outcome {
  readonly status: ZoneCall['status'];
  readonly errorId: string | null;
  readonly actor: string;
}

function callOf(
  { request, arrival, url }: Exchange,
  outcome: Outcome & { readonly fault: ZoneFault | null; readonly body: string },
): Omit<ZoneCall, 'seq'> {
  return {
    at: arrival.at.toISOString(),
    method: request.method ?? 'GET',
    path: url.full,
    status: outcome.status,
    errorId: outcome.errorId,
    ms: performance.now() - arrival.started,
    actor: outcome.actor,
    connection: arrival.connection,
    body: maskedBody(outcome.body),
    fault: outcome.fault?.kind ?? null,
  };
}

function targetOf({ url = '/' }: IncomingMessage): Exchange['url'] {
  return { full: url, path: url.split('?')[0] ?? '/' };
}

const bodyLimit = 8 * 1024 * 1024;

/** `null` = more than the server would read. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = request;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks).toString();
}

function connectionCounter() {
  const seen = new WeakMap<Socket, { connection: number; count: number }>();
  let connections = 0;
  return (socket: Socket): { connection: number; count: number } => {
    const known = seen.get(socket) ?? { connection: (connections += 1), count: 0 };
    known.count += 1;
    seen.set(socket, known);
    return { ...known };
  };
}
