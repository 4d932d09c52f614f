import { Agent, request } from 'undici';
import { z } from 'zod';
import {
  type OnezoneSandbox,
  type OnezoneSandboxOptions,
  startOnezoneSandbox,
} from '../../../src/sandbox/onezone/server.js';

export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** `undefined` when the body is no JSON. */
  readonly json: unknown;
}

interface Said {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with its content type. */
  readonly body?: unknown;
  /** Sent as it is, with `application/json` unless `headers` say otherwise. */
  readonly raw?: string;
}

export interface Desk {
  readonly zone: OnezoneSandbox;
  /** Path from the root. */
  readonly ask: (method: string, path: string, said?: Said) => Promise<Heard>;
  /** Path below /api/v3/onezone. */
  readonly rest: (method: string, path: string, said?: Said) => Promise<Heard>;
  readonly close: () => Promise<void>;
}

export const prefix = '/api/v3/onezone';
export const now = new Date('2026-03-01T12:00:00Z');
export const nowSeconds = 1_772_366_400;
export const nobody = 'ffffffffffffffffffffffffffffffffch0000';

export async function openDesk(options: OnezoneSandboxOptions = {}): Promise<Desk> {
  const zone = await startOnezoneSandbox({ now: () => now, ...options });
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  const ask = async (method: string, path: string, said: Said = {}): Promise<Heard> => {
    const body = said.raw ?? (said.body === undefined ? null : JSON.stringify(said.body));
    const answer = await request(`${zone.url}${path}`, {
      method,
      dispatcher,
      body,
      headers: {
        ...(body !== null && said.headers === undefined ? jsonType : {}),
        ...(said.token === undefined ? {} : { 'x-auth-token': said.token }),
        ...said.headers,
      },
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, json: parsed(text) };
  };
  return {
    zone,
    ask,
    rest: (method, path, said) => ask(method, `${zone.state.config.prefix}${path}`, said),
    close: async () => {
      await dispatcher.destroy();
      await zone.stop();
    },
  };
}

const jsonType = { 'content-type': 'application/json' };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A user and a token for them. */
export function person(desk: Desk, privileges: readonly string[] = [], more: object = {}) {
  const user = desk.zone.addUser({ ...more, privileges });
  return { id: user.userId, token: desk.zone.mintToken({ userId: user.userId }) };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** What authentication answers for bad credentials. */
export function badCredentials(authError: object): object {
  return {
    error: {
      id: 'unauthorized',
      details: { authError },
      description: 'Provided authentication is not valid (see details).',
    },
  };
}

const errorBody = z.object({
  error: z.object({
    id: z.string(),
    details: z.looseObject({ authError: z.looseObject({ id: z.string() }).optional() }).optional(),
  }),
});

/** `403 forbidden`, `401 unauthorized: badToken`, `204`. */
export function verdict(heard: Heard): string {
  const read = errorBody.safeParse(heard.json);
  if (!read.success) return String(heard.status);
  const inner = read.data.error.details?.authError?.id;
  return `${heard.status} ${read.data.error.id}${inner === undefined ? '' : `: ${inner}`}`;
}

/** The last segment of the Location. */
export function newId(heard: Heard): string {
  const location = heard.headers['location'];
  if (typeof location !== 'string') throw new Error(`no Location: ${heard.status} ${heard.text}`);
  return location.split('/').at(-1) ?? '';
}
