import type { z } from 'zod';
import { OnezoneUnreachable, type FailedCall } from './errors.js';
import { isOnezoneId } from './schemas.js';

export interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** What the answer says. One that does not fit is a fault of Onezone or of ours, never a "no". */
export function parseReply<Schema extends z.ZodType>(
  call: FailedCall,
  reply: Reply,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(readJson(reply.text));
  if (parsed.success) return parsed.data;
  // The place only: what stands there may be a secret.
  const code = parsed.error.issues[0]?.path.map(String).join('.') ?? null;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status: reply.status, code });
}

/** A change that worked is answered with nothing. A page with status 200 is from a portal or proxy in between. */
export function mustNotBeAPage(call: FailedCall, { text, status }: Reply): void {
  if (text.trim() === '' || readJson(text) !== undefined) return;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status, code: 'body' });
}

/** undefined when it is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The id of what a call has made. `Location` names the zone's own host without its port, which may not be
 * reachable from here: only its last part is of use.
 */
export function createdId(call: FailedCall, reply: Reply): string {
  const last = reply.location?.split(/[?#]/, 1)[0]?.split('/').findLast(Boolean) ?? '';
  if (isOnezoneId(last)) return last;
  const { status } = reply;
  throw new OnezoneUnreachable(call, { kind: 'schema', sent: true, status, code: 'location' });
}
