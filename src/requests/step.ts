import type { Request } from './request.js';

/**
 * One move of a request: what it becomes, what the record says, and what must happen next.
 * The store writes all of it or nothing.
 */
export interface Step<R extends Request = Request> {
  readonly request: R;
  readonly entry: Entry;
  readonly jobs: readonly NewJob[];
}

/** One line of the audit. `who` is a Slack user id, or `bot`. */
export interface Entry {
  readonly at: Date;
  readonly who: string;
  readonly what: AuditWord;
  readonly request: string | null;
  readonly service: { readonly id: string | null; readonly name: string } | null;
  readonly people: readonly string[];
  /** Facts for the reader: rule, reason, privileges. Never a secret. Keys in camelCase, values short. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export type AuditWord =
  | 'asked'
  | 'refused'
  | 'previewed'
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'lapsed'
  | 'reminded'
  | 'escalated'
  | 'asked in person'
  | 'started'
  | 'recorded'
  | 'carried out'
  | 'failed'
  | 'unclear'
  | 'ending'
  | 'ended'
  | 'extended'
  | 'access changed'
  | 'changed by others'
  | 'warned'
  | 'linked'
  | 'unlinked'
  | 'policy loaded'
  | 'policy refused'
  | 'group unreadable'
  | 'group readable'
  | 'message failed'
  | 'kept waiting'
  | 'taken up again'
  | 'fault';

/** Which message; how it reads is `slack/surfaces/messages/` and the words of the change. */
export const MESSAGES = [
  'approval', // the approvers' message; edited through the request's life
  'outcome', // DM to the requester; edited while it is carried out
  'linked', // DM to a person who was linked to a Onezone user; with it they can say that it is not them
  'welcome', // DM to a person whose part is done: what they have now, or no longer have
  'announcement', // team channel, once per new grant
  'kept', // DM to the requester: Onezone is not answering, nothing is lost
  'reminder', // to the approvers
  'warning', // DM to somebody whose access ends soon
  'ended', // DM to somebody whose access is over, and to the requester
  'trouble', // operators' channel
] as const;
export type MessageKind = (typeof MESSAGES)[number];

/** What operators are told of in a `trouble` message. */
export type TroubleKind = 'request' | 'too few may agree' | 'undelivered';

/**
 * Work that changes the world. A job names a request and loads it fresh; it may run twice.
 * `key`: two waiting jobs of the same key are one. `lane`: jobs of one lane run one after the other, in order.
 */
export interface NewJob {
  readonly name: JobName;
  readonly key: string;
  readonly lane: string | null;
  readonly request: string | null;
  readonly payload: Readonly<Record<string, string>>;
  readonly runAt: Date;
}

export const JOB_NAMES = [
  'submission',
  'preview',
  'carry-out',
  'reconcile',
  'access-clock',
  'lapse',
  'remind',
  'escalate',
  'notify',
  'notice',
  'read-services',
  'read-directory',
  'audit-head',
  'examine',
] as const;
export type JobName = (typeof JOB_NAMES)[number];
