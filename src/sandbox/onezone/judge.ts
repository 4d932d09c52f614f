import { type IncomingHttpHeaders } from 'node:http';
import { type Answer, emptyAnswer, errorAnswer, json, rest } from './answer.js';
import { type Actor, authenticate } from './authenticate.js';
import { internalServerError, malformedData, serviceUnavailable, ZoneError } from './errors.js';
import { type FindPlace, pathSegments, type ApiPath } from './find-route.js';
import { crashReference } from './ids.js';
import { acceptable, hasBody, jsonContent } from './negotiate.js';
import { performed } from './perform.js';
import { type Route } from './routes/route.js';
import { configuration } from './routes/zone.js';
import { type Reply } from './visit.js';
import { type Zone } from './zone.js';

export interface ZoneRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly peer: string;
}

export interface Judgement {
  readonly answer: Answer;
  /** User id or `anonymous`. */
  readonly actor: string;
}

/** Judges a request in the server's own order (Onezone contract 1.5): the first thing wrong is the answer. */
export function judge(zone: Zone, findPlace: FindPlace, request: ZoneRequest): Judgement {
  const segments = pathSegments(request.path);
  if (segments === null) return anonymous(emptyAnswer(400));
  if (segments.join('/') === 'configuration') return anonymous(rootConfiguration(zone, request));
  const prefix = zone.state.config.prefix.split('/').filter((part) => part !== '');
  const inside = prefix.every((part, at) => segments[at] === part);
  const place = inside ? findPlace(segments.slice(prefix.length)) : null;
  if (place === null) return anonymous(staticFile(request.method));
  const judgement = atPlace(zone, place, request);
  return { ...judgement, answer: rest(zone, judgement.answer) };
}

function anonymous(answer: Answer): Judgement {
  return { answer, actor: 'anonymous' };
}

/** The old alias looks at neither credentials nor the breaker. */
function rootConfiguration(zone: Zone, { method }: ZoneRequest): Answer {
  if (method !== 'GET') return emptyAnswer(405, { allow: 'GET' });
  return { ...emptyAnswer(200, json), body: JSON.stringify(configuration(zone)) };
}

/** What is no route falls to the handler that serves the web interface's files. */
function staticFile(method: string): Answer {
  if (method === 'GET' || method === 'HEAD') return emptyAnswer(404);
  return emptyAnswer(method === 'OPTIONS' ? 200 : 405, { allow: 'HEAD, GET, OPTIONS' });
}

const knownMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'GET', 'PATCH', 'DELETE']);

function atPlace(zone: Zone, place: ApiPath, request: ZoneRequest): Judgement {
  // The REST handler knows five methods and crashes on any other.
  if (!knownMethods.has(request.method)) return anonymous(emptyAnswer(500));
  const route = place.byMethod[request.method];
  if (route === undefined) return anonymous(emptyAnswer(405, { allow: place.allow }));
  let actor: Actor;
  try {
    actor = authenticate(zone, request);
  } catch (error) {
    return anonymous(failure(zone, error, true));
  }
  return {
    answer: authenticated(zone, { route, place, actor, request }),
    actor: actor.kind === 'user' ? actor.userId : 'anonymous',
  };
}

interface Authenticated {
  readonly route: Route;
  readonly place: ApiPath;
  readonly actor: Actor;
  readonly request: ZoneRequest;
}

function authenticated(zone: Zone, { route, place, actor, request }: Authenticated): Answer {
  const sends = request.method.startsWith('P') && hasBody(request);
  if (!acceptable(request.headers.accept)) return emptyAnswer(406);
  if (sends && !jsonContent(request.headers['content-type'])) return emptyAnswer(415);
  try {
    if (zone.state.config.breakerOpen && zone.profile.breaker) {
      throw new ZoneError(serviceUnavailable);
    }
    const sent = sends ? parsed(request.body) : {};
    return replied(zone, performed(route, { zone, actor, ids: place.ids, json: sent }));
  } catch (error) {
    return failure(zone, error, false);
  }
}

function parsed(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new ZoneError(malformedData);
  }
}

/** The Location names the configured domain without a port, whatever the client called. */
function replied(zone: Zone, reply: Reply): Answer {
  const { domain, prefix } = zone.state.config;
  if (reply.status === 204) return emptyAnswer(204, json);
  const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
  const location =
    reply.status === 201 && reply.location !== undefined
      ? { location: `https://${domain}${prefix}${reply.location}` }
      : {};
  return { status: reply.status, headers: { ...json, ...location }, body, errorId: null };
}

/** What is no ZoneError is a mistake of the sandbox; it answers as a crashed server would, so that a test sees it. */
function failure(zone: Zone, error: unknown, bare: boolean): Answer {
  if (error instanceof ZoneError) return errorAnswer(zone, error.spec, bare);
  return errorAnswer(zone, internalServerError(crashReference()));
}
