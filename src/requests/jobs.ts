import type { Request, RequestId } from './request.js';
import type { JobName, MessageKind, NewJob, TroubleKind } from './step.js';

type PlainJob =
  | 'preview'
  | 'lapse'
  | 'remind'
  | 'escalate'
  | 'read-services'
  | 'read-directory'
  | 'audit-head'
  | 'examine';

export function job(name: PlainJob, request: RequestId | null, runAt: Date): NewJob {
  const key = request === null ? name : `${name}:${request}`;
  return { name, key, lane: null, request, payload: {}, runAt };
}

export function carryOut({ id, lane }: Pick<Request, 'id' | 'lane'>, runAt: Date): NewJob {
  const name: JobName = 'carry-out';
  return { name, key: `${name}:${id}`, lane, request: id, payload: {}, runAt };
}

export interface Notification {
  readonly message: MessageKind;
  /** Channel or user id, or `operators`. */
  readonly to: string;
  /** Whom it is about, where that is not `to`. */
  readonly person?: string;
  /** Makes it another message than the one before, which would be edited otherwise. */
  readonly occasion?: string;
  readonly trouble?: TroubleKind;
  /** Of an undelivered message: which, where to, Slack's code, and whether it is tried on. */
  readonly undelivered?: {
    readonly message: string;
    readonly to: string;
    readonly code: string;
    readonly tryingOn: boolean;
  };
}

/** A message. Its lane is whom it is for, so that people read things in the order in which they happened. */
export function notify(
  request: Pick<Request, 'id'>,
  notification: Notification,
  runAt: Date,
): NewJob {
  const { message, to, person, occasion, trouble, undelivered } = notification;
  const parts = ['notify', request.id, message, to, person, occasion];
  const payload = {
    message,
    to,
    ...(person === undefined ? {} : { person }),
    ...(trouble === undefined ? {} : { trouble }),
    ...(undelivered === undefined ? {} : { undelivered: JSON.stringify(undelivered) }),
  };
  const key = parts.filter((part) => part !== undefined).join(':');
  return { name: 'notify', key, lane: `notify:${to}`, request: request.id, payload, runAt };
}

/** A message to the operators that is about no request. `id` makes it another one than all others. */
export function notice(
  text: string,
  { id, now }: { readonly id: string; readonly now: Date },
): NewJob {
  const payload = { text };
  return {
    name: 'notice',
    key: `notice:${id}`,
    lane: 'notices',
    request: null,
    payload,
    runAt: now,
  };
}
