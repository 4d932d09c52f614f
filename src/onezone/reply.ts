import type { z } from 'zod';
import { OnezoneUnreachable, type FailedCall } from './errors.js';
import { isOnezoneId } from './schemas.js';

export interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** Throws OnezoneUnreachable for an answer that does not match: it says nothing about what was asked. */
export function parseReply<Schema extends z.ZodType>(
  call: FailedCall,
  reply: Reply,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(readJson(reply.text));
  if (parsed.success) return parsed.data;
  // Only the path of the field: its value may be a secret.
  const code = parsed.error.issues[0]?.path.map(String).join('.') ?? null;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status: reply.status, code });
}

/** A successful write has an empty or JSON body. Anything else with status 2xx comes from a portal or proxy in between. */
export function rejectHtml(call: FailedCall, { text, status }: Reply): void {
  if (text.trim() === '' || readJson(text) !== undefined) return;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status, code: 'body' });
}

/** undefined: not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** From the end of `Location`, below what was created; its host lacks the port and may not be reachable from here. */
export function createdId(call: FailedCall, reply: Reply): string {
  const path = reply.location?.split(/[?#]/, 1)[0] ?? '';
  const [id = '', kind = ''] = path.split('/').filter(Boolean).reverse();
  if (isOnezoneId(id) && call.path.endsWith(`/${kind}`)) return id;
  const { status } = reply;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status, code: 'location' });
}
